/** N + 1 for the compiler, where N is a whole number that it knows; `number` elsewhere. By its digits, from the last one on. */
export type NextNumber<N extends number, TDigits extends string = `${N}`, TDone extends string = ''> = number extends N
  ? number
  : TDigits extends `${infer Before}9`
    ? NextNumber<N, Before, `0${TDone}`>
    : `${TDigits extends '' ? '1' : { [D in 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8]: TDigits extends `${infer Before}${D}` ? `${Before}${[1, 2, 3, 4, 5, 6, 7, 8, 9][D]}` : never }[0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8]}${TDone}` extends `${infer Next extends number}`
      ? Next
      : number;

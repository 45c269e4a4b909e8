/** The digit after each. */
interface NextDigit {
  readonly 0: '1';
  readonly 1: '2';
  readonly 2: '3';
  readonly 3: '4';
  readonly 4: '5';
  readonly 5: '6';
  readonly 6: '7';
  readonly 7: '8';
  readonly 8: '9';
}

type NextDigits<TDigits extends string> = TDigits extends ''
  ? '1'
  : TDigits extends `${infer Before}9`
    ? `${NextDigits<Before>}0`
    : {
        [D in keyof NextDigit]: TDigits extends `${infer Before}${D}` ? `${Before}${NextDigit[D]}` : never;
      }[keyof NextDigit];

/** N + 1 for the compiler, where N is a whole number that it knows; `number` elsewhere. */
export type NextNumber<N extends number> = number extends N ? number : NextDigits<`${N}`> extends `${infer Next extends number}` ? Next : number;

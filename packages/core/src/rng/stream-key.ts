/** 128 bits that name a random stream. */
export type StreamKey = readonly [number, number, number, number];

/** The key of a root seed: any safe integer, 0 and negative ones included. */
export function seedKey(seed: number): StreamKey {
  const low = seed >>> 0;
  const high = Math.floor(seed / 4294967296) >>> 0;
  return mix([0x243f6a88, 0x85a308d3, low, high]);
}

/** The key of the child that `name` and `index` pick below a parent key. Different names or indices give unrelated keys. */
export function childKey(parent: StreamKey, name: string, index: number): StreamKey {
  let key = parent;
  for (let i = 0; i < name.length; i++) key = mix([key[0] ^ name.charCodeAt(i), key[1], key[2], key[3] ^ (i + 1)]);
  return mix([key[0], key[1] ^ name.length, key[2] ^ (index >>> 0), key[3] ^ Math.floor(index / 4294967296)]);
}

/** Six rounds in which each word takes in its neighbour and is scrambled by 32-bit multiplications and shifts. */
function mix(words: StreamKey): StreamKey {
  let [a, b, c, d] = words;
  for (let round = 0; round < 6; round++) {
    a = scramble(a + d + round);
    b = scramble(b ^ a);
    c = scramble(c + b);
    d = scramble(d ^ c);
  }
  return [a, b, c, d];
}

/** A bijection of 32-bit words: multiply by odd constants, fold the high bits down. */
function scramble(word: number): number {
  let x = Math.imul(word ^ (word >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) | 0;
}

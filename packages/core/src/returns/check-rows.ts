import { describeValue } from '../errors/describe.js';
import { InvalidShapeError } from '../errors/kinds.js';

/**
 * Refuses what is not T steps of N environments.
 *
 * @param arrays - by the names under which the caller knows them
 * @throws InvalidShapeError when one is missing, their lengths differ or are no multiple of a positive `numEnvs`
 */
export function checkRows(where: string, arrays: Readonly<Record<string, ArrayLike<number> | undefined>>, numEnvs: number): void {
  const named = Object.entries(arrays);
  const length = named[0]?.[1]?.length;
  const areArrays = named.every(([, array]) => Array.isArray(array) || ArrayBuffer.isView(array));
  const fits = length !== undefined && areArrays && Number.isInteger(numEnvs) && numEnvs > 0 && length % numEnvs === 0;
  if (fits && named.every(([, array]) => array?.length === length)) return;
  throw new InvalidShapeError({
    where,
    got: `${named.map(([name, array]) => (array?.length === undefined ? `no ${name}` : `${name} [${array.length}]`)).join(', ')} for numEnvs ${describeValue(numEnvs)}`,
    expected: 'arrays of T × numEnvs elements, all of the same length, for at least one environment',
    remedy: 'Pass time-major [T, N] arrays.',
  });
}

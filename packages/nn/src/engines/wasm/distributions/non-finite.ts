import { NonFiniteError } from '@pg/core';
import type { TrainableNetwork } from '../../engine.js';

/** Where an action was made. */
interface ActedRow {
  readonly head: string;
  readonly row: number;
}

/** The error of gradients that are not all finite, or whose squares overflow. */
export function nonFiniteGradients({ parameters, gradients }: Pick<TrainableNetwork, 'parameters' | 'gradients'>): NonFiniteError {
  const culprit = [...parameters, ...gradients].find(({ values }) => !values.every(Number.isFinite));
  const isParameter = culprit !== undefined && parameters.includes(culprit);
  return new NonFiniteError({
    where: 'gradientNorm',
    got: culprit ? `NaN or infinity in the ${isParameter ? 'parameter' : 'gradient of'} ${culprit.name}` : 'gradients whose squares overflow',
    expected: 'finite numbers',
    remedy: isParameter
      ? 'An earlier step or a write to the parameters put it there: load good parameters, and lower the learning rate.'
      : 'The parameters were left as they were before this update. Lower the learning rate, clip gradients, or scale rewards and observations.',
  });
}

/** The error of an action that stems from NaN or infinity: in the observation, in a parameter, or in what they gave in the head. */
export function nonFiniteActions(where: string, { input, rows, parameters }: TrainableNetwork, { head, row }: ActedRow): NonFiniteError {
  const size = input.length / rows;
  const isObs = !input.subarray(row * size, (row + 1) * size).every(Number.isFinite);
  const parameter = parameters.find(({ values }) => !values.every(Number.isFinite));
  const [place, remedy] = isObs
    ? [`the inputs of row ${row}`, 'Look for where the observation is made.']
    : parameter
      ? [`the parameter ${parameter.name}`, 'An earlier step or a write to the parameters put it there: load good parameters, and lower the learning rate.']
      : [`the distribution of the head ${head} in row ${row}`, 'The parameters are finite but too large: lower the learning rate, or scale observations.'];
  return new NonFiniteError({ where, got: `NaN or infinity in ${place}`, expected: 'finite numbers', remedy });
}

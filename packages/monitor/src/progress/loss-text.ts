import type { TrainingUpdate } from '../metrics/training-update.js';

/** What is shown of how an update learned, in the order of its importance, and what it is called. */
const shown = [
  ['policyLoss', 'policy loss'],
  ['valueLoss', 'value loss'],
  ['entropy', 'entropy'],
  ['approxKl', 'KL'],
  ['clipFraction', 'clipped'],
  ['explainedVariance', 'explained variance'],
  ['gradientNorm', 'gradient norm'],
  ['learningRate', 'learning rate'],
] as const satisfies readonly (readonly [keyof TrainingUpdate, string])[];

/** The widest number: −1.23e-10. */
const widest = 9;

/** The losses of an update, each as a name and a number of three digits: "entropy 0.693". What is not known is left out. */
export function lossTexts(update: TrainingUpdate): string[] {
  return shown.flatMap(([field, name]) => {
    const value = update[field];
    return value === undefined || !Number.isFinite(value) ? [] : [`${name} ${Number(value.toPrecision(3))}`];
  });
}

/** As many of them as fit beside each other, each of a width that stays the same from one update to the next. */
export function lossLine(losses: readonly string[], columns: number): string {
  let line = '';
  for (const loss of losses) {
    const nameLength = loss.lastIndexOf(' ');
    const next = `${line}${line === '' ? '     ' : '  '}${loss.padEnd(nameLength + 1 + widest)}`;
    if (next.trimEnd().length > Math.max(0, columns - 1)) break;
    line = next;
  }
  return line.trimEnd();
}

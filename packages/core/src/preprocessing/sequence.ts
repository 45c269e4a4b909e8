import { requireArgument, requireText } from '../options/require-argument.js';
import { createElements, type DtypeArray, type Space } from '../spaces/space.js';
import type { ObservationTransform, Stage } from './stage.js';

/**
 * Several stages as one, under a name of its own: a preprocessing that is known as a whole.
 *
 * @param name - what the whole is called
 * @param stages - first to last, each made for the space of the one before
 * @example
 * ```ts
 * const thumbnails = (space: Box<readonly [210, 160, 3], 'uint8'>) => {
 *   const gray = grayscale()(space);
 *   return sequence('thumbnails', [gray, resize([42, 32])(gray.space)]);
 * };
 * ```
 */
export function sequence<TOut extends Space>(name: string, stages: readonly [...Stage[], Stage<TOut>]): Stage<TOut> {
  requireText('sequence', 'name', name);
  const isStage = (stage: unknown) => typeof (stage as Stage | null)?.create === 'function';
  const fits = Array.isArray(stages) && stages.length > 0 && stages.every(isStage);
  requireArgument(fits, 'sequence', { name: 'stages', value: stages, expected: 'a list of stages, such as [grayscale()(space)]' });
  const last = stages[stages.length - 1] as Stage<TOut>;
  return { name, space: last.space, create: () => inTurn(stages) };
}

function inTurn(stages: readonly Stage[]): ObservationTransform {
  const transforms = stages.map((stage) => stage.create());
  const between = stages.slice(0, -1).map((stage) => createElements(stage.space));
  const last = transforms.length - 1;
  return {
    apply(input: DtypeArray, output: DtypeArray, first: boolean): void {
      for (let i = 0; i <= last; i++) transforms[i]!.apply(i === 0 ? input : between[i - 1]!, i === last ? output : between[i]!, first);
    },
    snapshot: () => transforms.map((transform) => transform.snapshot?.()),
    restore(snapshot: unknown): void {
      for (const [i, memory] of (snapshot as readonly unknown[]).entries()) transforms[i]!.restore?.(memory);
    },
  };
}

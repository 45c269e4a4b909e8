import { allocate, type Discrete, describeValue, InvalidActionError, type Space } from '@pg/core';

/** What an author gives as a mask: one entry for each choice, 1 or true where it is allowed. Only `Discrete` actions have masks. */
export type ActionMaskOf<TAct extends Space> = 0 extends 1 & TAct
  ? // biome-ignore lint/suspicious/noExplicitAny: of an environment whose spaces are not known
    any
  : TAct extends Discrete
    ? ArrayLike<number | boolean>
    : 'only Discrete actions can be masked';

/** Room for the masks of N copies, all ones, where the environment has such. */
export function actionMasksOf(
  { masksActions, actionSpace, numEnvs }: { readonly masksActions: boolean; readonly actionSpace: Space; readonly numEnvs: number },
  zeros = (length: number): Uint8Array => allocate(Uint8Array, length, `the masks of ${numEnvs} copies`),
): Uint8Array | undefined {
  return masksActions && actionSpace.kind === 'discrete' ? zeros(numEnvs * actionSpace.size).fill(1) : undefined;
}

/** The error for an action that is not allowed now. */
export function notAllowed(id: string, action: number, mask: Uint8Array): InvalidActionError {
  const allowed = [...mask.keys()].filter((choice) => mask[choice]);
  return new InvalidActionError({
    where: `${id}.step`,
    got: `the action ${describeValue(action)}, which is not allowed now`,
    expected: allowed.length > 12 ? 'one of those that the mask allows' : `one of ${allowed.join(', ')}`,
    remedy: 'Ask actionMask before acting: policy.act(obs, { mask: env.actionMask }), sample(env.actionSpace, rng, env.actionMask).',
  });
}

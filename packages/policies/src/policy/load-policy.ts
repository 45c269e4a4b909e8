import { describeSpace, IncompatiblePolicyError, InvalidFileError, PgError, type Space } from '@pg/core';
import { copyTensors, type Engine } from '@pg/nn';
import { parsePolicy } from '../files/policy-document.js';
import { decodeSafeTensors } from '../files/safetensors.js';
import { type FileSource, readSource } from '../files/storage.js';
import type { PolicySpaces } from '../specs/policy-spec.js';
import { Policy } from './policy.js';

/** What {@link loadPolicy} can be told. */
export interface LoadPolicyOptions<TObs extends Space, TAct extends Space> {
  /** The environment that it is to act in: gives the policy its types, and is checked against the file. */
  readonly env?: PolicySpaces<TObs, TAct>;
  /** Seed of the actions that it draws; 0 by default. */
  readonly seed?: number;
  /** What computes the network; the WebAssembly engine by default. */
  readonly engine?: Engine;
}

/**
 * Reads a policy that `save` or `toBytes` made. Nothing in the file is run.
 *
 * @param source - a path (in Node), a URL, or the bytes
 * @throws InvalidFileError when the file cannot be read, is corrupt or of another kind
 * @throws IncompatiblePolicyError when the policy does not fit `env`
 * @example
 * ```ts
 * const policy = await loadPolicy('cartpole.safetensors', { env: cartPole() });
 * const action = policy.act(obs, { greedy: true });
 * ```
 */
export async function loadPolicy<TObs extends Space = Space, TAct extends Space = Space>(source: FileSource, options: LoadPolicyOptions<TObs, TAct> = {}): Promise<Policy<TObs, TAct>> {
  const where = 'loadPolicy';
  const { tensors, metadata } = decodeSafeTensors(await readSource(where, source), where);
  const { name, observationSpace, actionSpace, model } = parsePolicy(metadata['pg'], where);
  checkSpaces(observationSpace, options.env?.observationSpace, 'observations');
  checkSpaces(actionSpace, options.env?.actionSpace, 'actions');
  try {
    const policy = new Policy({ name, observationSpace, actionSpace, model, engine: options.engine, seed: options.seed });
    copyTensors(tensors, policy.parameters);
    return policy as unknown as Policy<TObs, TAct>;
  } catch (cause) {
    if (!PgError.isInstance(cause)) throw cause;
    throw new InvalidFileError({ where, got: cause.got, expected: cause.expected, remedy: 'The file does not hold together: save it again.', cause });
  }
}

function checkSpaces(found: Space, wanted: Space | undefined, what: string): void {
  if (wanted === undefined || describeSpace(found) === describeSpace(wanted)) return;
  throw new IncompatiblePolicyError({
    where: 'loadPolicy',
    got: `a policy for ${what} of ${describeSpace(found)}`,
    expected: `${describeSpace(wanted)}, as the environment has`,
    remedy: 'Load a policy that was trained in this environment.',
  });
}

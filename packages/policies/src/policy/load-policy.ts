import { describeSpace, IncompatiblePolicyError, InvalidFileError, InvalidOptionsError, InvalidShapeError, nearestBounds, type Space } from '@pg/core';
import { type FileSource, readSource } from '@pg/core/files';
import { copyTensors, type Engine } from '@pg/nn';
import { type DescribedPolicy, toPolicy } from '../files/policy-document.js';
import { decodePolicyFile } from '../files/policy-file.js';
import { putModel } from '../files/put-model.js';
import type { NetworkSpec } from '../networks/network-spec.js';
import type { PolicySpaces } from '../specs/policy-spec.js';
import { Policy } from './policy.js';
import { checkLoadOptions } from './policy-options.js';

const where = 'loadPolicy';

/** What {@link loadPolicy} can be told. */
export interface LoadPolicyOptions<TObs extends Space, TAct extends Space> {
  /** The environment that it is to act in: gives the policy its types, and is checked against the file. */
  readonly env?: PolicySpaces<TObs, TAct>;
  /** Seed of the actions that it draws; 0 by default. */
  readonly seed?: number;
  /** What computes the network; the WebAssembly engine by default. */
  readonly engine?: Engine;
  /** A network of the user's own model, such as `layersModel(model)`: of that a file has the weights, but not the layers. */
  readonly network?: NetworkSpec<never>;
}

/**
 * Reads a policy that `save` or `toBytes` made. Nothing in the file is run.
 *
 * @param source - a path (in Node), a URL, or the bytes
 * @throws InvalidFileError when the file cannot be read, is corrupt or of another kind
 * @throws IncompatiblePolicyError when the policy does not fit `env`, or both normalise observations
 * @throws InvalidOptionsError when an option is unknown or wrong, or `network` is not what the file's weights are for
 * @example
 * ```ts
 * const policy = await loadPolicy('cartpole.safetensors', { env: cartPole() });
 * const action = policy.act(obs, { greedy: true });
 * ```
 */
export async function loadPolicy<TObs extends Space = Space, TAct extends Space = Space>(
  source: FileSource,
  options: LoadPolicyOptions<TObs, TAct> = {},
): Promise<Policy<TObs, TAct>> {
  checkLoadOptions(options);
  const { document, tensors } = decodePolicyFile(await readSource(where, source), where);
  const described = withModel(
    orInvalidFile(() => toPolicy(document)),
    options.network,
  );
  checkSpaces(described, options.env);
  if (described.observationScaling !== undefined) refuseNormalizing(options.env);
  const policy = orInvalidFile(() => new Policy({ ...described, engine: options.engine, seed: options.seed }));
  copyTensors(tensors, policy.parameters);
  return policy as unknown as Policy<TObs, TAct>;
}

function withModel(policy: DescribedPolicy, spec: NetworkSpec<never> | undefined): DescribedPolicy {
  return { ...policy, model: { ...policy.model, network: putModel(where, policy.model.network, spec) } };
}

/** Runs an action that is given nothing but a file's contents: what it refuses is wrong in the file. */
function orInvalidFile<T>(action: () => T): T {
  try {
    return action();
  } catch (cause) {
    if (!InvalidOptionsError.isInstance(cause) && !InvalidShapeError.isInstance(cause)) throw cause;
    const { got, expected } = cause;
    throw new InvalidFileError({ where, got, expected, remedy: 'The file does not hold together: save it again.', cause });
  }
}

function checkSpaces(found: PolicySpaces, wanted: PolicySpaces | undefined): void {
  if (wanted === undefined) return;
  checkSpace('observations', found.observationSpace, wanted.observationSpace);
  checkSpace('actions', found.actionSpace, wanted.actionSpace);
  // bounds of observations are not looked at by a policy, those of actions are what it clips to
  if (sameBounds(found.actionSpace, wanted.actionSpace)) return;
  throw mismatch(`a policy for actions of ${describeSpace(found.actionSpace)} with other bounds`, 'those of the environment');
}

/** What an environment and its specification say of their normalisation, where they are of `@pg/envs`. */
interface Normalizing {
  readonly '~source'?: { readonly normalization?: readonly { readonly observations?: unknown }[] };
  readonly normalization?: { observationScaling(): unknown } | undefined;
}

/** Refuses an environment whose observations would be normalised twice. */
function refuseNormalizing(env: (PolicySpaces & Normalizing) | undefined): void {
  const inSpec = env?.['~source']?.normalization?.some(({ observations }) => observations !== undefined);
  if (!inSpec && env?.normalization?.observationScaling() === undefined) return;
  throw new IncompatiblePolicyError({
    where,
    got: 'an environment that normalises observations, for a policy that normalises them itself',
    expected: 'the environment as it is without normalizeObservations()',
    remedy: 'Pass env: withoutNormalization(env), and act in what its make() gives.',
  });
}

function checkSpace(what: string, found: Space, wanted: Space): void {
  if (describeSpace(found) !== describeSpace(wanted))
    throw mismatch(`a policy for ${what} of ${describeSpace(found)}`, `${describeSpace(wanted)}, as the environment has`);
}

function sameBounds(a: Space, b: Space): boolean {
  if (a.kind !== 'box' || b.kind !== 'box') return true;
  const [ours, theirs] = [nearestBounds(a), nearestBounds(b)];
  return ours.low.every((low, i) => low === theirs.low[i] && ours.high[i] === theirs.high[i]);
}

function mismatch(got: string, expected: string): IncompatiblePolicyError {
  return new IncompatiblePolicyError({ where, got, expected, remedy: 'Load a policy that was trained in this environment.' });
}

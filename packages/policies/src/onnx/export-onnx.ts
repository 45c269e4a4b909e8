import { describeValue, type GlobalUrl, IncompatiblePolicyError, InvalidOptionsError } from '@pg/core';
import { writeFileAtomically } from '@pg/core/files';
import type { Network } from '@pg/nn';
import { describePolicy } from '../files/policy-document.js';
import { requireFinite } from '../files/policy-file.js';
import type { Policy } from '../policy/policy.js';
import { addActions } from './add-actions.js';
import { addLayers, flat } from './add-layers.js';
import { addObservations } from './add-observations.js';
import { encodeOnnx } from './encode-onnx.js';
import { OnnxGraph, type OnnxPort } from './onnx-graph.js';

/** What {@link exportOnnx} reads of a policy. */
export type ExportablePolicy = Pick<Policy, 'name' | 'observationSpace' | 'actionSpace' | 'model' | 'observationScaling' | 'parameters'>;

/**
 * A policy as an ONNX model (opset 13), for onnxruntime and whatever else runs such models. It takes observations as the environment
 * hands them out: bytes and images [height, width, channels] are dealt with inside. So is normalisation, where the policy has
 * `observationScaling`: the model takes observations of the environment without `normalizeObservations()`.
 *
 * Inputs, one row for each observation of a batch of any size:
 *
 * - `obs` `[batch, …shape]`, float32, or uint8 where the observation space says so
 * - the state of each recurrent layer, for example `trunk.1.h` `[batch, units]`: zeros at the start of an episode
 *
 * Outputs:
 *
 * - `action`: the most probable action, int32 `[batch]` for discrete spaces; float32 `[batch, …shape]` within the bounds for boxes
 * - `logits` `[batch, n]` of a softmax, `logit` `[batch]` of a Bernoulli policy, and for both `probabilities` `[batch, n]`
 * - `mean` and `logStd` `[batch, size]` of a Gaussian; of a squashed one, those before it is squashed
 * - `value` `[batch]`: V(s), where there is a critic
 * - `next.trunk.1.h` and so on: what goes in as `trunk.1.h` with the next observation
 *
 * Masks are no input: `action` is the best of all actions, allowed or not. Where an environment masks actions, take the largest of the
 * `logits` of those that are allowed.
 *
 * The metadata have the policy's description as JSON under `pg`, as its safetensors file has it: spaces, layers, distribution. The same
 * policy gives the same bytes.
 *
 * @throws IncompatiblePolicyError when the network is a user's own model, whose layers are not known
 * @throws NonFiniteError when a parameter is NaN or infinite
 * @throws DisposedError after `policy.dispose()`
 * @example
 * ```ts
 * const session = await InferenceSession.create(exportOnnx(policy)); // of onnxruntime-web
 * const { action } = await session.run({ obs: new Tensor('float32', obs, [1, 4]) });
 * ```
 */
export function exportOnnx(policy: ExportablePolicy): Uint8Array<ArrayBuffer> {
  return toOnnx('exportOnnx', policy);
}

/**
 * Writes {@link exportOnnx} to a file, whole or not at all.
 *
 * @throws UnavailableError where there is no file system, or when it refuses; otherwise as {@link exportOnnx}
 */
export async function saveOnnx(policy: ExportablePolicy, path: string | GlobalUrl): Promise<void> {
  await writeFileAtomically('saveOnnx', path, toOnnx('saveOnnx', policy));
}

function toOnnx(where: string, policy: ExportablePolicy): Uint8Array<ArrayBuffer> {
  requirePolicy(where, policy);
  const { network, valueHead } = policy.model;
  refuseModels(where, network);
  requireFinite(where, policy.parameters);
  const graph = new OnnxGraph();
  const source = { graph, parameters: new Map(policy.parameters.map((tensor) => [tensor.name, tensor])) };
  const trunk = addLayers(source, network.trunk, 'trunk', addObservations(graph, policy));
  const head = (name: string) => flat(graph, addLayers(source, network.heads[name]!, `heads.${name}`, trunk));
  addActions(source, policy, head);
  if (valueHead !== undefined) addValue(graph, head(valueHead));
  graph.outputs.sort((a, b) => place(a) - place(b));
  return encodeOnnx(graph, { pg: describePolicy(policy) });
}

function addValue(graph: OnnxGraph, values: string): void {
  const value = graph.add('Squeeze', [values, graph.indices([1])]);
  graph.output({ name: 'value', type: 'float32', shape: [], description: 'expected return' }, value);
}

/** What one acts with comes first, and what only the next step needs comes last. */
function place({ name }: OnnxPort): number {
  return name === 'action' ? 0 : name.startsWith('next.') ? 2 : 1;
}

/** For JavaScript callers. */
function requirePolicy(where: string, policy: unknown): void {
  if (typeof policy === 'object' && policy !== null && 'model' in policy && 'parameters' in policy) return;
  throw new InvalidOptionsError({ where, got: describeValue(policy), expected: 'a policy', remedy: 'Pass learner.policy, or what loadPolicy gives.' });
}

function refuseModels(where: string, { trunk, heads }: Network): void {
  const model = [trunk, ...Object.values(heads)].flat().find(({ kind }) => kind === 'model');
  if (model?.kind !== 'model') return;
  throw new IncompatiblePolicyError({
    where,
    got: `a policy on ${model.name}`,
    expected: 'layers of @pg/nn, which it knows the operators of',
    remedy: 'Save your model with TensorFlow.js and convert it with its own tools, such as tf2onnx.',
  });
}

/**
 * Policies: distributions on networks. They act, judge actions, and are saved and loaded.
 *
 * @packageDocumentation
 */

export type { ByteSource, FileSource } from '@pg/core/files';
export { type CheckedFile, decodeCheckedFile, encodeCheckedFile } from './files/checked-file.js';
export { type DescribedPolicy, describePolicy } from './files/policy-document.js';
export { decodeSafeTensors, encodeSafeTensors, type SafeTensors, type Tensor, type TensorArray } from './files/safetensors.js';
export { type ConvOptions, conv } from './networks/conv.js';
export { linear } from './networks/linear.js';
export { mlp } from './networks/mlp.js';
export type { NetworkSpec } from './networks/network-spec.js';
export { type ExportablePolicy, exportOnnx, saveOnnx } from './onnx/export-onnx.js';
export type { ActBatchOptions, ActOptions } from './policy/act-options.js';
export type { MaskOptions } from './policy/action-mask.js';
export { type CreatePolicyOptions, createPolicy } from './policy/create-policy.js';
export { type LoadPolicyOptions, loadPolicy } from './policy/load-policy.js';
export { Policy, type PolicyParts } from './policy/policy.js';
export type { PolicyBatchSession, PolicySession } from './policy/session.js';
export type { BatchActions } from './policy/to-actions.js';
export { actorCritic } from './specs/actor-critic.js';
export { actorCriticGru, actorCriticLstm, type RecurrentPolicyOptions } from './specs/actor-critic-recurrent.js';
export { bernoulli } from './specs/bernoulli.js';
export { categorical } from './specs/categorical.js';
export { diagonalGaussian } from './specs/diagonal-gaussian.js';
export type { GaussianOptions } from './specs/gaussian-options.js';
export type { ActorCriticOutputs, OutputOptions } from './specs/output-options.js';
export type { ObservationOf, PolicyModel, PolicySpaces, PolicySpec } from './specs/policy-spec.js';

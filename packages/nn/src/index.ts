/**
 * Networks as values, initialisers, optimisers, and the engine that computes them: the compute underneath the policies. It
 * knows nothing of reinforcement learning.
 *
 * @packageDocumentation
 */
export type { Distribution, RandomSource } from './engines/distribution.js';
export {
  type BernoulliSpec,
  type CategoricalSpec,
  type DiagonalGaussianSpec,
  type DistributionSpec,
  defaultLogStdRange,
  type GaussianOptions,
} from './engines/distribution-spec.js';
export type {
  CompiledNetwork,
  CompileOptions,
  Engine,
  SequenceSpec,
  TrainableNetwork,
  TrainingOptions,
} from './engines/engine.js';
export type { SharedBlock, SharedLearning, SharedMemory, SharedNetwork } from './engines/shared-network.js';
export { provideKernels } from './engines/wasm/kernels.js';
export { createSharedMemory } from './engines/wasm/memory/create-shared-memory.js';
export { reclaimSharedMemory } from './engines/wasm/memory/reclaim-shared-memory.js';
export { wasmEngine } from './engines/wasm/wasm-engine.js';
export { writableInput } from './engines/writable-input.js';
export { constant, zeros } from './initializers/constant.js';
export type { Initializer } from './initializers/initializer.js';
export { orthogonal } from './initializers/orthogonal.js';
export { scaledNormal } from './initializers/scaled-normal.js';
export { heUniform, torchDefault, xavierUniform } from './initializers/uniform.js';
export { type Conv2dLayer, type Conv2dOptions, conv2d } from './network/conv2d.js';
export { type FlattenLayer, flatten } from './network/flatten.js';
export { type GruLayer, gru } from './network/gru.js';
export { type ActivationLayer, type ActivationName, type DenseLayer, type DenseOptions, dense, elu, type Layer, relu, sigmoid, tanh } from './network/layer.js';
export { layerOutputShape } from './network/layer-shape.js';
export { type LstmLayer, lstm } from './network/lstm.js';
export type { ModelLayer } from './network/model-layer.js';
export type { ByteInput, FreeVector, Network } from './network/network.js';
export { copyTensors, headSize, initialParameters, type NamedTensor, type ParameterSpec, parameterSpecs } from './network/parameters.js';
export { hasState } from './network/recurrent-layer.js';
export type { RecurrentOptions, RecurrentSettings } from './network/recurrent-options.js';
export { type Adam, adam } from './optimizers/adam.js';
export type { Optimizer } from './optimizers/optimizer.js';
export { type RmsProp, rmsprop } from './optimizers/rmsprop.js';
export { type Sgd, sgd } from './optimizers/sgd.js';

import { InvalidFileError, InvalidShapeError, isFloat32Array, type Shape, shapeSize } from '@pg/core';
import { headSize, type Layer, layerOutputShape, type NamedTensor, type Network, parameterSpecs } from '@pg/nn';
import { type PolicyDocument, type SpaceDocument, toNetwork } from './policy-document.js';
import type { Tensor } from './safetensors.js';

/** The most numbers of one observation or of a layer's output that a file may ask for: an image of 4096 × 4096 pixels. */
const MOST_NUMBERS = 2 ** 24;

/**
 * Refuses a description that does not hold together, or that the file's tensors do not fit. Afterwards every size in it is
 * backed by numbers that are in the file or, behind convolutions, below a limit: nothing large is made from a small file.
 *
 * @throws InvalidFileError naming the first flaw
 */
export function checkDocument(document: PolicyDocument, tensors: readonly Tensor[], where: string): asserts tensors is readonly NamedTensor[] {
  const network = toNetwork(document.network);
  const flaw =
    findHeadFlaw(network) ?? findSizeFlaw(network) ?? findTensorFlaw(network, tensors) ?? findRoleFlaw(document, network) ?? findSpaceFlaw(document, network);
  if (flaw === undefined) return;
  const [got, expected] = flaw;
  throw new InvalidFileError({ where, got, expected, remedy: 'The file does not hold together: save it again.' });
}

/** What is there, and what should be. */
type Flaw = readonly [got: string, expected: string] | undefined;

function findHeadFlaw({ trunk, heads }: Network): Flaw {
  const hasWeights = ({ kind }: Layer) => kind !== 'activation' && kind !== 'flatten';
  const bare = Object.keys(heads).find((head) => heads[head]!.every(({ kind }) => kind === 'flatten') || ![...trunk, ...heads[head]!].some(hasWeights));
  return bare === undefined ? undefined : [`the head "${bare}" without a layer that has weights`, 'at least one that leads to it'];
}

/** Only convolutions and models make sizes that no tensor of the file has. */
function findSizeFlaw({ inputShape, trunk, heads }: Network): Flaw {
  for (const head of Object.values(heads)) {
    const chain = [...trunk, ...head];
    if (!chain.some(({ kind }) => kind === 'conv2d' || kind === 'model')) continue;
    const flaw = findChainFlaw(chain, inputShape);
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}

function findChainFlaw(layers: readonly Layer[], inputShape: Shape): Flaw {
  let shape = inputShape;
  for (const layer of layers) {
    if (shapeSize(shape) > MOST_NUMBERS) return [`a layer whose inputs have the shape ${show(shape)}`, `at most ${MOST_NUMBERS} numbers`];
    const next = shapeAfter(layer, shape);
    if (next === undefined && layer.kind === 'model') return [`a model behind outputs of shape ${show(shape)}`, show(layer.inputShape)];
    if (next === undefined) return [`a convolution of inputs of shape ${show(shape)}`, 'images of at least the size of its kernel'];
    const patches = layer.kind === 'conv2d' ? (shapeSize(next) / layer.filters) * layer.kernel * layer.kernel * shape[2]! : 0;
    if (patches > MOST_NUMBERS) return [`a convolution whose patches have ${patches} numbers`, `at most ${MOST_NUMBERS}`];
    shape = next;
  }
  return undefined;
}

function shapeAfter(layer: Layer, shape: Shape): Shape | undefined {
  try {
    return layerOutputShape(layer, shape);
  } catch (error) {
    if (InvalidShapeError.isInstance(error)) return undefined;
    throw error;
  }
}

function findTensorFlaw(network: Network, tensors: readonly Tensor[]): Flaw {
  const wide = tensors.find(({ values }) => !isFloat32Array(values));
  if (wide) return [`the tensor ${wide.name} as a ${wide.values.constructor.name}`, 'float32 numbers (F32)'];
  const found = new Map(tensors.map(({ name, shape }) => [name, shape]));
  for (const { name, shape } of parameterSpecs(network)) {
    const other = found.get(name);
    found.delete(name);
    const expected = `${name} of shape ${show(shape)}`;
    if (other === undefined) return [`no tensor ${name}`, expected];
    if (!equal(other, shape)) return [`${name} of shape ${show(other)}`, expected];
  }
  const [extra] = found.keys();
  return extra === undefined ? undefined : [`the tensor ${extra}, which the network does not have`, 'the parameters of the network only'];
}

function findRoleFlaw({ distribution, valueHead }: PolicyDocument, network: Network): Flaw {
  const heads = Object.keys(network.heads);
  const known = `one of the heads ${heads.join(', ')}`;
  if (!heads.includes(distribution.head)) return [`a distribution on the head "${distribution.head}"`, known];
  if (valueHead !== undefined && !heads.includes(valueHead)) return [`values from the head "${valueHead}"`, known];
  if (valueHead !== undefined && headSize(network, valueHead) !== 1)
    return [`values from the head "${valueHead}" of size ${headSize(network, valueHead)}`, 'one of size 1'];
  return distribution.kind === 'diagonalGaussian' ? findGaussianFlaw(distribution, network) : undefined;
}

type GaussianDocument = Extract<PolicyDocument['distribution'], { kind: 'diagonalGaussian' }>;

function findGaussianFlaw({ head, logStd, logStdHead, logStdRange }: GaussianDocument, network: Network): Flaw {
  const means = headSize(network, head);
  const expected = `one log σ for each of the ${means} means`;
  if (logStdRange !== undefined && logStdRange.low > logStdRange.high) return [`log σ from ${logStdRange.low} to ${logStdRange.high}`, 'a range'];
  if (logStdHead === undefined) {
    const deviations = sizeOf(network.vectors ?? {}, logStd ?? '');
    return means === deviations ? undefined : [`the vector "${logStd}" of size ${deviations}`, expected];
  }
  if (logStd !== undefined) return [`both the vector "${logStd}" and the head "${logStdHead}" with log σ`, 'one of them'];
  if (logStdHead === head || !Object.hasOwn(network.heads, logStdHead)) return [`log σ from the head "${logStdHead}"`, 'a head of its own'];
  const deviations = headSize(network, logStdHead);
  return means === deviations ? undefined : [`the head "${logStdHead}" of size ${deviations}`, expected];
}

function findSpaceFlaw({ observationSpace, actionSpace, distribution, observationScaling }: PolicyDocument, network: Network): Flaw {
  const inputs = observationSpace.kind === 'box' ? observationSpace.shape : [1];
  if (!equal(inputs, network.inputShape)) return [`observations of shape ${show(inputs)}`, `${show(network.inputShape)}, which is what the network reads`];
  const numbers = shapeSize(inputs);
  if (observationScaling && (observationScaling.mean.length !== numbers || observationScaling.deviation.length !== numbers))
    return [`${observationScaling.mean.length} means and ${observationScaling.deviation.length} deviations of observations`, `${numbers} of each`];
  if (observationScaling && network.input) return ['scaled observations that are kept as bytes', 'numbers'];
  const isBytes = observationSpace.kind === 'box' && within(observationSpace, 0, 255);
  if (network.input && !isBytes) return ['observations outside of 0 to 255 that are kept as bytes', 'bounds within 0 and 255'];
  const outputs = headSize(network, distribution.head);
  if (distribution.kind === 'bernoulli' && outputs !== 1) return [`bits from the head "${distribution.head}" of size ${outputs}`, 'one bit, for two choices'];
  const kind = distribution.kind === 'diagonalGaussian' ? 'box' : 'discrete';
  const size = distribution.kind === 'bernoulli' ? 2 : outputs;
  if (actionSpace.kind === kind && actionSize(actionSpace) === size) return undefined;
  return [
    `actions of ${actionSpace.kind} and size ${actionSize(actionSpace)}`,
    `${kind} and ${size}, which is what the ${distribution.kind} distribution gives`,
  ];
}

function within({ low, high }: Extract<SpaceDocument, { kind: 'box' }>, least: number, most: number): boolean {
  return [low].flat().every((bound) => Number(bound) >= least) && [high].flat().every((bound) => Number(bound) <= most);
}

function actionSize(space: SpaceDocument): number {
  return space.kind === 'discrete' ? space.size : shapeSize(space.shape);
}

function sizeOf(vectors: NonNullable<Network['vectors']>, name: string): number {
  return Object.hasOwn(vectors, name) ? vectors[name]!.size : 0;
}

function equal(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

function show(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}

import { box, describeValue, discrete, InvalidFileError, nearestBounds, type ObservationScaling, requireArgument, type Space } from '@pg/core';
import { conv2d, type DistributionSpec, dense, gru, type Layer, lstm, type ModelLayer, type Network, zeros } from '@pg/nn';
import * as z from 'zod/mini';
import { boundsOf } from '../specs/heads.js';
import type { PolicyModel, PolicySpaces } from '../specs/policy-spec.js';

/** The version of the description that this release writes; it reads only this one. */
const VERSION = 1;

const size = z.int().check(z.gte(1));
const shape = z.array(size);
const bound = z.union([z.number(), z.literal('-Infinity'), z.literal('Infinity')]);
const bounds = z.union([bound, z.array(bound)]);
const space = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('box'), shape, low: bounds, high: bounds, dtype: z.optional(z.literal('uint8')) }),
  z.strictObject({ kind: z.literal('discrete'), size }),
]);
const layer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('dense'), units: size, bias: z.boolean() }),
  z.strictObject({ kind: z.literal('conv2d'), filters: size, kernel: size, stride: size, padding: z.int().check(z.gte(0)), bias: z.boolean() }),
  z.strictObject({ kind: z.literal('lstm'), units: size }),
  z.strictObject({ kind: z.literal('gru'), units: size }),
  z.strictObject({ kind: z.literal('model'), inputShape: shape, outputShape: shape, weights: z.array(shape) }),
  z.strictObject({ kind: z.literal('flatten') }),
  z.strictObject({ kind: z.literal('activation'), activation: z.enum(['relu', 'tanh', 'elu', 'sigmoid']) }),
]);
const layers = z.array(layer);
const byteInput = z.strictObject({ dtype: z.literal('uint8'), scale: z.number().check(z.gt(0)) });
const distribution = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('categorical'), head: z.string(), masked: z.optional(z.boolean()) }),
  z.strictObject({ kind: z.literal('bernoulli'), head: z.string() }),
  z.strictObject({
    kind: z.literal('diagonalGaussian'),
    head: z.string(),
    logStd: z.optional(z.string()),
    logStdHead: z.optional(z.string()),
    logStdRange: z.optional(z.strictObject({ low: z.number(), high: z.number() })),
    /** Whether actions are squashed into the action space's bounds. */
    squash: z.optional(z.boolean()),
  }),
]);
const schema = z.strictObject({
  format: z.literal('pg-policy'),
  version: z.literal(VERSION),
  /** Says that the file has a checksum, so that one that is gone is missed; files of earlier releases have none. */
  checksum: z.optional(z.literal('crc32')),
  policy: z.string(),
  observationSpace: space,
  actionSpace: space,
  network: z.strictObject({
    inputShape: shape,
    input: z.optional(byteInput),
    trunk: layers,
    heads: z.record(z.string(), layers),
    vectors: z.record(z.string(), size),
  }),
  distribution,
  valueHead: z.optional(z.string()),
  /** What observations are scaled by; an infinite clip is left out. */
  observationScaling: z.optional(
    z.strictObject({ mean: z.array(z.number()), deviation: z.array(z.number().check(z.gt(0))), clip: z.optional(z.number().check(z.gt(0))) }),
  ),
});

/** A policy's description as it stands in a file: of the right form, but not yet known to hold together. */
export type PolicyDocument = z.infer<typeof schema>;
/** A user's model in a description. */
export type ModelDocument = Extract<z.infer<typeof layer>, { kind: 'model' }>;
/** A space in a description. */
export type SpaceDocument = PolicyDocument['observationSpace'];

/** A policy without its numbers. */
export interface DescribedPolicy extends PolicySpaces {
  readonly name: string;
  readonly model: PolicyModel;
  readonly observationScaling: ObservationScaling | undefined;
}

/** A policy's description as JSON: data only, nothing in it is ever run. */
export function describePolicy(policy: DescribedPolicy): string {
  return JSON.stringify(toDocument(policy));
}

/** The description of a policy in a file that has a checksum. */
export function describeCheckedPolicy(policy: DescribedPolicy): string {
  return JSON.stringify({ ...toDocument(policy), checksum: 'crc32' } satisfies PolicyDocument);
}

function toDocument(policy: DescribedPolicy): PolicyDocument {
  const { name, observationSpace, actionSpace, model, observationScaling } = policy ?? {};
  requireArgument(typeof model?.network === 'object', 'describePolicy', { name: 'policy', value: policy, expected: 'a policy' });
  const { network } = model;
  return {
    format: 'pg-policy',
    version: VERSION,
    policy: name,
    observationSpace: fromSpace(observationSpace),
    actionSpace: fromSpace(actionSpace),
    network: {
      inputShape: [...network.inputShape],
      ...(network.input && { input: network.input }),
      trunk: network.trunk.map(fromLayer),
      heads: mapValues(network.heads, (head) => head.map(fromLayer)),
      vectors: mapValues(network.vectors ?? {}, (vector) => vector.size),
    },
    distribution: fromDistribution(model.distribution),
    ...(model.valueHead === undefined ? {} : { valueHead: model.valueHead }),
    ...(observationScaling && { observationScaling: fromScaling(observationScaling) }),
  };
}

/**
 * The description in a file's metadata.
 *
 * @throws InvalidFileError when it is missing or not a description that this release can read
 */
export function parseDocument(json: string | undefined, where: string): PolicyDocument {
  const expected = `a policy of format version ${VERSION}`;
  const remedy = 'Use a file that save() of this release wrote.';
  if (json === undefined) throw new InvalidFileError({ where, got: 'a file without the description of a policy', expected, remedy });
  const value = parseJson(json);
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  if (isCheckpoint(value)) {
    const load = 'Load it with the builder that it is of, as in a2c()….load(path); learner.save() writes a policy.';
    throw new InvalidFileError({ where, got: 'a checkpoint of a whole run', expected, remedy: load });
  }
  const { path } = result.error.issues[0]!;
  const wrong = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | null | undefined)?.[key], value);
  const shown = typeof wrong === 'object' && wrong !== null ? '' : `: ${describeValue(wrong)}`;
  const got = path.length === 0 ? 'a description that is not one of a policy' : `a description that is wrong at "${path.join('.')}"${shown}`;
  throw new InvalidFileError({ where, got, expected, remedy });
}

/** The policy that a description tells of; of spaces, sizes have to be checked before: bounds are written out. */
export function toPolicy({
  policy,
  observationSpace,
  actionSpace,
  network,
  distribution: spec,
  valueHead,
  observationScaling,
}: PolicyDocument): DescribedPolicy {
  const spaces = { observationSpace: toSpace(observationSpace), actionSpace: toSpace(actionSpace) };
  const distribution = toDistribution(spec, spaces.actionSpace);
  const model: PolicyModel = { network: toNetwork(network), distribution, ...(valueHead === undefined ? {} : { valueHead }) };
  return { name: policy, ...spaces, model, observationScaling: observationScaling && toScaling(observationScaling) };
}

function fromScaling({ mean, deviation, clip }: ObservationScaling): NonNullable<PolicyDocument['observationScaling']> {
  return { mean: [...mean], deviation: [...deviation], ...(Number.isFinite(clip) && { clip }) };
}

function toScaling({ mean, deviation, clip = Number.POSITIVE_INFINITY }: NonNullable<PolicyDocument['observationScaling']>): ObservationScaling {
  return { mean: Float64Array.from(mean), deviation: Float64Array.from(deviation), clip };
}

function isCheckpoint(value: unknown): boolean {
  return value !== null && typeof value === 'object' && 'format' in value && value.format === 'pg-checkpoint';
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Starting values are not kept: a file's numbers replace them. */
export function toNetwork(network: PolicyDocument['network']): Network {
  return {
    inputShape: network.inputShape,
    ...(network.input && { input: network.input }),
    trunk: network.trunk.map(toLayer),
    heads: mapValues(network.heads, (head) => head.map(toLayer)),
    vectors: mapValues(network.vectors, (length) => ({ size: length, init: zeros() })),
  };
}

function fromLayer(value: Layer): z.infer<typeof layer> {
  if (value.kind === 'flatten') return { kind: 'flatten' };
  if (value.kind === 'activation') return { kind: 'activation', activation: value.activation };
  if (value.kind === 'dense') return { kind: 'dense', units: value.units, bias: value.bias };
  if (value.kind === 'lstm' || value.kind === 'gru') return { kind: value.kind, units: value.units };
  if (value.kind === 'model') return modelDocument(value);
  const { filters, kernel, stride, padding, bias } = value;
  return { kind: 'conv2d', filters, kernel, stride, padding, bias };
}

function toLayer(value: z.infer<typeof layer>): Layer {
  if (value.kind === 'activation' || value.kind === 'flatten') return value;
  if (value.kind === 'dense') return dense(value.units, { bias: value.bias, weightInit: zeros() });
  if (value.kind === 'lstm') return lstm(value.units, { weightInit: zeros(), recurrentInit: zeros() });
  if (value.kind === 'model') return toModel(value);
  if (value.kind === 'gru') return gru(value.units, { weightInit: zeros(), recurrentInit: zeros() });
  const { filters, kernel, stride, padding, bias } = value;
  return conv2d({ filters, kernel, stride, padding, bias, weightInit: zeros() });
}

/** Bounds that actions are squashed into are those of the action space: they are not written twice. */
function fromDistribution(value: DistributionSpec): PolicyDocument['distribution'] {
  if (value.kind !== 'diagonalGaussian' || value.squash === undefined) return value as PolicyDocument['distribution'];
  return { ...value, squash: true };
}

function toDistribution(value: PolicyDocument['distribution'], actions: Space): DistributionSpec {
  if (value.kind !== 'diagonalGaussian') return value as DistributionSpec;
  const { squash, ...spec } = value;
  return { ...spec, ...(squash && actions.kind === 'box' && { squash: boundsOf(actions) }) } as DistributionSpec;
}

/** What a file says of a user's model: the shapes that one has to have that is to take its weights. */
export function modelDocument({ inputShape, outputShape, weights }: ModelLayer): ModelDocument {
  return { kind: 'model', inputShape: [...inputShape], outputShape: [...outputShape], weights: weights.map((weight) => [...weight.shape]) };
}

/** A model's place, until the user's is put there. */
function toModel({ kind, inputShape, outputShape, weights }: ModelDocument): ModelLayer {
  const specs = weights.map((weight, i) => ({ name: `weights.${i}`, shape: weight, init: zeros() }));
  return { kind, name: 'the model', inputShape, outputShape, weights: specs, model: {} };
}

function fromSpace(value: Space): SpaceDocument {
  if (value.kind === 'discrete') return { kind: 'discrete', size: value.size };
  const { shape, low, high, dtype } = value;
  const nearest = nearestBounds(value);
  return {
    kind: 'box',
    shape: [...shape],
    low: fromBounds(given(low, nearest.low)),
    high: fromBounds(given(high, nearest.high)),
    ...(dtype === 'uint8' && { dtype }),
  };
}

/** Numbers that round to both: inwards to the bounds of a box, and to the nearest float32. */
function given(inner: Float32Array, nearest: Float32Array): readonly number[] {
  return Array.from(inner, (bound, i) => (bound === nearest[i] ? bound : nearest[i]! - (nearest[i]! - bound) / 4));
}

/** One number when all are alike; infinities as words, which JSON has no numbers for. */
function fromBounds(values: readonly number[]): z.infer<typeof bounds> {
  const encode = (value: number) => (Number.isFinite(value) ? value : (String(value) as 'Infinity' | '-Infinity'));
  return values.every((value) => value === values[0]) ? encode(values[0]!) : Array.from(values, encode);
}

function toSpace(value: SpaceDocument): Space {
  if (value.kind === 'discrete') return discrete(value.size);
  const decode = (list: z.infer<typeof bounds>) => (Array.isArray(list) ? list.map(Number) : Number(list));
  const { shape, low, high, dtype = 'float32' } = value;
  return box({ shape, low: decode(low), high: decode(high), dtype });
}

function mapValues<TIn, TOut>(record: Readonly<Record<string, TIn>>, change: (value: TIn) => TOut): Record<string, TOut> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

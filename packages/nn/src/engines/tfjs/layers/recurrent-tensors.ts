import type { RecurrentLayer } from '../../../network/recurrent-layer.js';
import type { RecurrentState } from '../../wasm/operations/recurrent-state.js';
import type { PlanContext } from '../../wasm/plan.js';
import type { Tensor, Tensor2D, TensorFlow } from '../tensorflow.js';
import type { DeviceParameters } from './device-parameters.js';
import { flatten } from './flatten.js';
import { gruTensors } from './gru-tensors.js';
import { lstmTensors } from './lstm-tensors.js';
import { RecurrentMemory } from './recurrent-memory.js';
import type { TensorCell } from './tensor-cell.js';
import type { Gradients, LayerPass, PassRows, TensorLayer } from './tensor-layer.js';

/** What a recurrent layer is made with. */
export interface RecurrentContext {
  readonly tf: TensorFlow;
  readonly parameters: DeviceParameters;
  readonly plan: PlanContext;
}

/**
 * A layer over time-major rows [T, N]. A forward pass keeps the states before and after each step, so that a backward pass
 * computes what goes into the gates of all its steps at once, and goes back in time through the states' gradients only.
 */
export class RecurrentTensors implements TensorLayer {
  readonly #tf: TensorFlow;
  readonly #name: string;
  readonly #parameters: DeviceParameters;
  readonly #cell: TensorCell;
  readonly #memory: RecurrentMemory;

  constructor({ kind, units }: RecurrentLayer, name: string, { tf, parameters, plan }: RecurrentContext) {
    this.#tf = tf;
    this.#name = name;
    this.#parameters = parameters;
    this.#cell = kind === 'lstm' ? lstmTensors(tf) : gruTensors(tf);
    this.#memory = new RecurrentMemory(tf, kind === 'lstm' ? [`${name}.h`, `${name}.c`] : [`${name}.h`], units, plan);
  }

  get states(): readonly RecurrentState[] {
    return this.#memory.states;
  }

  forward(x: Tensor, { first, previous }: PassRows): Tensor {
    if (previous === undefined) return this.#memory.kept('after', first, x.shape[0]!)[0]!;
    const { numEnvs } = this.#memory;
    const inputPart = this.#inputPart(x);
    const [before, after]: [Tensor[][], Tensor[][]] = [[], []];
    let states = this.#memory.statesAfter(previous);
    for (let at = 0; at < x.shape[0]!; at += numEnvs) {
      states = this.#memory.zeroAtStarts(states, first + at);
      before.push(states);
      states = this.#cell.forward(this.#step(inputPart, at), this.#recurrentPart(states[0]!), states);
      after.push(states);
    }
    this.#memory.keep('before', first, before);
    this.#memory.keep('after', first, after);
    return this.#tf.concat(after.map(([h]) => h!));
  }

  beginBackward(): void {
    this.#memory.clearGradients();
  }

  backward(pass: LayerPass, gradients: Gradients): Tensor | undefined {
    const tf = this.#tf;
    const x = flatten(tf, pass.x);
    const before = this.#memory.kept('before', pass.first, x.shape[0]);
    const { da, du } = this.#backThroughTime(pass, before);
    gradients.set(`${this.#name}.inputWeight`, tf.matMul(x, da, true, false));
    gradients.set(`${this.#name}.recurrentWeight`, tf.matMul(before[0]!, du, true, false));
    gradients.set(`${this.#name}.inputBias`, tf.sum(da, 0));
    gradients.set(`${this.#name}.recurrentBias`, tf.sum(du, 0));
    return pass.wantsInput ? tf.reshape(tf.matMul(da, this.#parameter('inputWeight'), false, true), pass.x.shape) : undefined;
  }

  /** `[count, gates·units]`: ∂L/∂(x·W + b) and ∂L/∂(h·U + d) (backpropagation through time, Werbos 1990). */
  #backThroughTime({ x, dy, first }: LayerPass, before: readonly Tensor[]): { da: Tensor; du: Tensor } {
    const tf = this.#tf;
    const { numEnvs } = this.#memory;
    const after = this.#memory.kept('after', first, x.shape[0]!);
    const [inputPart, recurrentPart] = [this.#inputPart(x), this.#recurrentPart(before[0]!)];
    const [das, dus]: [Tensor[], Tensor[]] = [[], []];
    let dStates = this.#memory.gradients;
    for (let at = x.shape[0]! - numEnvs; at >= 0; at -= numEnvs) {
      const rows = (tensor: Tensor) => this.#step(tensor, at);
      const [dh, ...others] = dStates;
      const step = { a: rows(inputPart), u: rows(recurrentPart), before: before.map(rows), after: after.map(rows) };
      const { da, du, dBefore } = this.#cell.backward(step, [tf.add(dh!, rows(dy)), ...others]);
      const [direct, ...rest] = dBefore;
      const throughGates = tf.matMul(du, this.#parameter('recurrentWeight'), false, true);
      dStates = this.#memory.zeroAtStarts([tf.add(direct!, throughGates), ...rest], first + at);
      das.unshift(da);
      dus.unshift(du);
    }
    this.#memory.gradients = dStates;
    return { da: tf.concat(das), du: tf.concat(dus) };
  }

  /** `[count, gates·units]`: x·W + b. */
  #inputPart(x: Tensor): Tensor {
    return this.#tf.add(this.#tf.matMul(flatten(this.#tf, x), this.#parameter('inputWeight')), this.#parameter('inputBias'));
  }

  /** `[count, gates·units]`: h·U + d. */
  #recurrentPart(h: Tensor): Tensor {
    return this.#tf.add(this.#tf.matMul(h as Tensor2D, this.#parameter('recurrentWeight')), this.#parameter('recurrentBias'));
  }

  /** The N rows of a step, from the row `at` of a block on. */
  #step(tensor: Tensor, at: number): Tensor {
    return this.#tf.slice(tensor, [at, 0], [this.#memory.numEnvs, tensor.shape[1]!]);
  }

  #parameter(part: string): Tensor2D {
    return this.#parameters.get(`${this.#name}.${part}`);
  }
}

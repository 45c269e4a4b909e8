import { type RecurrentOptions, type RecurrentSettings, recurrentSettings } from './recurrent-options.js';

/**
 * Gated recurrent units: inputWeight [inputs, 3·units], recurrentWeight [units, 3·units], inputBias and recurrentBias
 * [3·units], the gates in the order r, z, n. Its state is h [units].
 */
export interface GruLayer extends RecurrentSettings {
  readonly kind: 'gru';
}

/**
 * A layer whose state is its output, kept or replaced by gates (Cho et al. 2014), as `torch.nn.GRU` means it. With
 * a = x·W + b and u = h·U + d of step t, x its input and h the state before it:
 *
 * r, z = σ(a_r + u_r), σ(a_z + u_z); n = tanh(a_n + r·u_n); h' = (1 − z)·n + z·h. The output is h'.
 *
 * A network with such a layer is compiled with `sequence`, and its rows are steps [T, N].
 *
 * @throws InvalidOptionsError when `units` is not a positive whole number or an option is unknown or wrong
 */
export function gru(units: number, options: RecurrentOptions = {}): GruLayer {
  return { kind: 'gru', ...recurrentSettings('gru', units, options) };
}

import { type RecurrentOptions, type RecurrentSettings, recurrentSettings } from './recurrent-options.js';

/**
 * Long short-term memory: inputWeight [inputs, 4·units], recurrentWeight [units, 4·units], inputBias and recurrentBias
 * [4·units], the gates in the order i, f, g, o. Its state is h and c [units].
 */
export interface LstmLayer extends RecurrentSettings {
  readonly kind: 'lstm';
}

/**
 * A layer with a memory that gates write, forget and read (Hochreiter and Schmidhuber 1997; the forget gate is of Gers et
 * al. 2000), as `torch.nn.LSTM` means it. With a = x·W + b + h·U + d of step t, x its input and h, c the state before it:
 *
 * i, f, o = σ(a_i), σ(a_f), σ(a_o); g = tanh(a_g); c' = f·c + i·g; h' = o·tanh(c'). The output is h'.
 *
 * A network with such a layer is compiled with `sequence`, and its rows are steps [T, N].
 *
 * @throws InvalidOptionsError when `units` is not a positive whole number or an option is unknown or wrong
 */
export function lstm(units: number, options: RecurrentOptions = {}): LstmLayer {
  return { kind: 'lstm', ...recurrentSettings('lstm', units, options) };
}

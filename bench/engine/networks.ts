import { conv2d, dense, elu, type Layer, type Network, relu, tanh } from '@pg/nn';

/** 4-64-(2,1): CartPole's policy and value on one hidden layer. */
export const small: Network = { inputShape: [4], trunk: [dense(64), tanh()], heads: { logits: [dense(2)], value: [dense(1)] } };

/** 4-64-64-2. */
export const deeper: Network = { inputShape: [4], trunk: [dense(64), tanh(), dense(64), tanh()], heads: { logits: [dense(2)] } };

/** 6400-200-(6,1): Pong's policy and value from one difference frame of 80 × 80. */
export const wide: Network = { inputShape: [6400], trunk: [dense(200), relu()], heads: { logits: [dense(6)], value: [dense(1)] } };

/** One matrix product: x·W. */
export function oneProduct(inputs: number, outputs: number): Network {
  return { inputShape: [inputs], trunk: [], heads: { logits: [dense(outputs, { bias: false })] } };
}

/** Four convolutions of 32 filters, 3 × 3, stride 2, padding 1, each with elu, on 80 × 80 × 1; logits behind them. */
export const convolutional: Network = {
  inputShape: [80, 80, 1],
  trunk: Array.from({ length: 4 }, (): Layer[] => [conv2d({ filters: 32, kernel: 3, stride: 2, padding: 1 }), elu()]).flat(),
  heads: { logits: [dense(6)] },
};

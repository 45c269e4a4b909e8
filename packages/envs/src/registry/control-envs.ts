import { type CartPoleOptions, cartPole } from '../cart-pole/cart-pole.js';
import { type SwingUpOptions, swingUp } from '../swing-up/swing-up.js';
import { withVersion } from './with-version.js';

/** The control problems by their ids. */
export interface ControlEnvs {
  /** 200 steps. */
  readonly 'CartPole-v0': (options?: Omit<CartPoleOptions, 'version'>) => ReturnType<typeof cartPole>;
  /** 500 steps. */
  readonly 'CartPole-v1': (options?: Omit<CartPoleOptions, 'version'>) => ReturnType<typeof cartPole>;
  /** Reward cos θ. */
  readonly 'CartPoleSwingUp-v0': (options?: Omit<SwingUpOptions, 'version'>) => ReturnType<typeof swingUp>;
  /** Reward (1 + cos θ)/2. */
  readonly 'CartPoleSwingUp-v1': (options?: Omit<SwingUpOptions, 'version'>) => ReturnType<typeof swingUp>;
}

/** The control problems by their ids. */
export const controlEnvs: ControlEnvs = {
  'CartPole-v0': (options) => withVersion({ id: 'CartPole-v0', version: 'v0', create: cartPole }, options),
  'CartPole-v1': (options) => withVersion({ id: 'CartPole-v1', version: 'v1', create: cartPole }, options),
  'CartPoleSwingUp-v0': (options) => withVersion({ id: 'CartPoleSwingUp-v0', version: 'v0', create: swingUp }, options),
  'CartPoleSwingUp-v1': (options) => withVersion({ id: 'CartPoleSwingUp-v1', version: 'v1', create: swingUp }, options),
};

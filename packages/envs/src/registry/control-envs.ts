import { type AcrobotOptions, acrobot } from '../acrobot/acrobot.js';
import { type CartPoleOptions, cartPole } from '../cart-pole/cart-pole.js';
import { mountainCar } from '../mountain-car/mountain-car.js';
import { mountainCarContinuous } from '../mountain-car/mountain-car-continuous.js';
import type { MountainCarOptions } from '../mountain-car/options.js';
import { type PendulumOptions, pendulum } from '../pendulum/pendulum.js';
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
  /** Two links, 500 steps. */
  readonly 'Acrobot-v1': (options?: AcrobotOptions) => ReturnType<typeof acrobot>;
  /** Three actions, 200 steps. */
  readonly 'MountainCar-v0': (options?: MountainCarOptions) => ReturnType<typeof mountainCar>;
  /** A force, 999 steps. */
  readonly 'MountainCarContinuous-v0': (options?: MountainCarOptions) => ReturnType<typeof mountainCarContinuous>;
  /** 200 steps. */
  readonly 'Pendulum-v1': (options?: PendulumOptions) => ReturnType<typeof pendulum>;
}

/** The control problems by their ids. */
export const controlEnvs: ControlEnvs = {
  'CartPole-v0': (options) => withVersion({ id: 'CartPole-v0', version: 'v0', create: cartPole }, options),
  'CartPole-v1': (options) => withVersion({ id: 'CartPole-v1', version: 'v1', create: cartPole }, options),
  'CartPoleSwingUp-v0': (options) => withVersion({ id: 'CartPoleSwingUp-v0', version: 'v0', create: swingUp }, options),
  'CartPoleSwingUp-v1': (options) => withVersion({ id: 'CartPoleSwingUp-v1', version: 'v1', create: swingUp }, options),
  'Acrobot-v1': acrobot,
  'MountainCar-v0': mountainCar,
  'MountainCarContinuous-v0': mountainCarContinuous,
  'Pendulum-v1': pendulum,
};

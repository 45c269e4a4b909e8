import type { Space } from '@pg/core';
import {
  acrobot,
  babyA3cFrames,
  breakout,
  cartPole,
  deepMindFrames,
  type EnvSpec,
  karpathyDifference,
  mountainCar,
  mountainCarContinuous,
  pendulum,
  pong,
  swingUp,
  vpgDifference,
} from '@pg/envs';
import { playerOf } from './player.js';
import type { Row } from './row.js';

/** Everything that is measured, in the order in which it is printed. Actions of Pong and Breakout last four frames. */
export const rows: readonly Row[] = [
  row('cart-pole', 'CartPole-v1, 256 copies', cartPole(), { numEnvs: 256, target: 10e6 }),
  row('swing-up', 'CartPoleSwingUp-v0, 256 copies', swingUp(), { numEnvs: 256, noAllocation: false }),
  row('acrobot', 'Acrobot-v1, 256 copies', acrobot(), { numEnvs: 256 }),
  row('mountain-car', 'MountainCar-v0, 256 copies', mountainCar(), { numEnvs: 256 }),
  row('mountain-car-continuous', 'MountainCarContinuous-v0, 256 copies', mountainCarContinuous(), { numEnvs: 256 }),
  row('pendulum', 'Pendulum-v1, 256 copies', pendulum(), { numEnvs: 256 }),
  row('pong-karpathy', "Pong, Karpathy's 80 × 80 difference, 16 copies", pong().pipe(karpathyDifference()), { target: 300e3 }),
  row('pong-rgb', 'Pong, 210 × 160 in colours, 16 copies', pong(), { target: 60e3 }),
  row('pong-grayscale', 'Pong, 210 × 160 in gray, 16 copies', pong({ observation: 'grayscale' })),
  row('pong-state', 'Pong, 9 numbers, 16 copies', pong({ observation: 'state' })),
  row('pong-vpg', 'Pong, 40 × 40 difference of VPG, 16 copies', pong().pipe(vpgDifference())),
  row('pong-baby-a3c', "Pong, baby-a3c's 80 × 80, 16 copies", pong().pipe(babyA3cFrames()), { noAllocation: false }),
  row('pong-deep-mind', "Pong, DeepMind's 84 × 84 × 4, 16 copies", pong({ observation: 'grayscale', maxOfTwoFrames: true }).pipe(deepMindFrames()), {
    noAllocation: false,
  }),
  row('breakout-rgb', 'Breakout, 210 × 160 in colours, 16 copies', breakout()),
  row('breakout-state', 'Breakout, 118 numbers, 16 copies', breakout({ observation: 'state' })),
  row(
    'breakout-deep-mind',
    "Breakout, DeepMind's 84 × 84 × 4, 16 copies",
    breakout({ observation: 'grayscale', maxOfTwoFrames: true }).pipe(deepMindFrames()),
    {
      noAllocation: false,
    },
  ),
];

function row<TObs extends Space, TAct extends Space>(
  name: string,
  title: string,
  spec: EnvSpec<TObs, TAct>,
  { numEnvs = 16, target, noAllocation = true }: { readonly numEnvs?: number; readonly target?: number; readonly noAllocation?: boolean } = {},
): Row {
  return { name, title, ...(target !== undefined && { target }), noAllocation, prepare: () => playerOf(spec, numEnvs) };
}

/** What differs between the versions under which Pong is known. */
export interface PongVersionSettings {
  /** Frames that an action lasts: always as many, or any number from the first to the second, all alike. */
  readonly frameSkip: number | readonly [from: number, to: number];
  /** The probability, in each frame, that the action before is executed once more. */
  readonly repeatActionProbability: number;
  /** The time limit in steps. */
  readonly maxSteps: number;
}

const anySkip = { frameSkip: [2, 4], repeatActionProbability: 0, maxSteps: 100_000 } as const;
const deterministic = { frameSkip: 4, repeatActionProbability: 0, maxSteps: 100_000 } as const;
const noFrameskip = { frameSkip: 1, repeatActionProbability: 0, maxSteps: 400_000 } as const;

/** The names that Gym and Gymnasium have registered Pong under, and what they mean there. */
export const pongVersions = {
  'Pong-v0': { ...anySkip, repeatActionProbability: 0.25, maxSteps: 10_000 },
  'Pong-v3': anySkip,
  'Pong-v4': anySkip,
  'PongDeterministic-v0': { ...deterministic, repeatActionProbability: 0.25 },
  'PongDeterministic-v3': deterministic,
  'PongDeterministic-v4': deterministic,
  'PongNoFrameskip-v0': { ...noFrameskip, repeatActionProbability: 0.25 },
  'PongNoFrameskip-v3': noFrameskip,
  'PongNoFrameskip-v4': noFrameskip,
  'ALE/Pong-v5': { frameSkip: 4, repeatActionProbability: 0.25, maxSteps: 27_000 },
} as const satisfies Readonly<Record<string, PongVersionSettings>>;

/** A name of {@link pongVersions}. */
export type PongVersion = keyof typeof pongVersions;

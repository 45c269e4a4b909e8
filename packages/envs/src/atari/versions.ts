/** What differs between the versions under which a game is known. */
export interface AtariVersionSettings {
  /** Frames that an action lasts: always as many, or any number from the first to the second, all alike. */
  readonly frameSkip: number | readonly [from: number, to: number];
  /** The probability, in each frame, that the action before is executed once more. */
  readonly repeatActionProbability: number;
  /** The time limit in steps. */
  readonly maxSteps: number;
}

/** The names under which Gym and Gymnasium have registered a game. */
export type AtariVersionName<TGame extends string> = `${TGame}${'' | 'Deterministic' | 'NoFrameskip'}-${'v0' | 'v3' | 'v4'}` | `ALE/${TGame}-v5`;

const anySkip = { frameSkip: [2, 4], repeatActionProbability: 0, maxSteps: 100_000 } as const;
const deterministic = { frameSkip: 4, repeatActionProbability: 0, maxSteps: 100_000 } as const;
const noFrameskip = { frameSkip: 1, repeatActionProbability: 0, maxSteps: 400_000 } as const;

/** The versions of a game by their names, and what they mean in Gym and Gymnasium. */
export function atariVersions<const TGame extends string>(game: TGame): Readonly<Record<AtariVersionName<TGame>, AtariVersionSettings>> {
  const versions: Record<string, AtariVersionSettings> = {
    [`${game}-v0`]: { ...anySkip, repeatActionProbability: 0.25, maxSteps: 10_000 },
    [`${game}-v3`]: anySkip,
    [`${game}-v4`]: anySkip,
    [`${game}Deterministic-v0`]: { ...deterministic, repeatActionProbability: 0.25 },
    [`${game}Deterministic-v3`]: deterministic,
    [`${game}Deterministic-v4`]: deterministic,
    [`${game}NoFrameskip-v0`]: { ...noFrameskip, repeatActionProbability: 0.25 },
    [`${game}NoFrameskip-v3`]: noFrameskip,
    [`${game}NoFrameskip-v4`]: noFrameskip,
    [`ALE/${game}-v5`]: { frameSkip: 4, repeatActionProbability: 0.25, maxSteps: 27_000 },
  };
  return versions as Record<AtariVersionName<TGame>, AtariVersionSettings>;
}

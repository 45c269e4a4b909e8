import { type EnvRegistry, registeredIds } from '@pg/envs';

/** The ids of an environment in all its versions, as they are registered. */
type VersionOf<TName extends string> = Extract<keyof EnvRegistry, `${'' | 'ALE/'}${TName}${'' | 'Deterministic' | 'NoFrameskip'}-v${number}`>;

/** The option `--env`: which of some environments, in which version. */
export interface EnvOption<TId extends string> {
  readonly default: TId;
  readonly choices: readonly TId[];
  readonly description: string;
  readonly environment: true;
}

/**
 * The option `--env` of an example.
 *
 * @param names - the environments that the example can learn, without their versions, for example `CartPole`
 */
export function envOption<const TName extends string>(byDefault: VersionOf<NoInfer<TName>>, names: readonly TName[]): EnvOption<VersionOf<TName>> {
  const version = new RegExp(`^(ALE/)?(${names.join('|')})(Deterministic|NoFrameskip)?-v\\d+$`);
  const choices = registeredIds().filter((id): id is VersionOf<TName> => version.test(id));
  return { default: byDefault, choices, description: 'the environment, in one of its versions', environment: true };
}

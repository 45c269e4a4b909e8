import { type ArgumentSpecs, type Arguments, type Preset, parseArguments } from './arguments.js';
import { explainErrors } from './explain-errors.js';
import { rememberedSettings, testedSettings } from './run-folder.js';

/** How long an example trains when nothing else is said, in the unit in which its recipe counts; the others stay infinite. */
interface Budget {
  readonly steps?: number;
  readonly episodes?: number;
  readonly updates?: number;
}

/** What an example adds to what all take. */
export interface ExampleDefinition<TSpecs extends ArgumentSpecs> {
  /** The name of its folder. */
  readonly name: string;
  readonly purpose: string;
  readonly budget: Budget;
  /** Updates between two checkpoints. */
  readonly checkpointEvery: number;
  /** Updates between two rows of metrics; 1 by default. */
  readonly logEvery?: number;
  /** The recipe's own settings. */
  readonly options: TSpecs;
  readonly presets?: Readonly<Record<string, Preset<TSpecs & SharedSpecs>>>;
}

type SharedSpecs = ReturnType<typeof sharedSpecs>;

/** What every example takes. */
export type SharedSettings = Arguments<SharedSpecs>;

/**
 * Reads the command line of an example. With `--resume` the settings are those of the run that goes on, unless given anew; with `--test`
 * the environment is the one that the run has learned in.
 */
export function exampleArguments<const TSpecs extends ArgumentSpecs>(definition: ExampleDefinition<TSpecs>): Arguments<TSpecs & SharedSpecs> {
  explainErrors();
  const { purpose, presets = {} } = definition;
  return parseArguments({
    purpose,
    options: { ...definition.options, ...sharedSpecs(definition) },
    presets,
    remembered: (given) => remembered(definition, given) as Preset<TSpecs & SharedSpecs>,
  });
}

/** What a run says of the settings that are not given. */
function remembered({ name, options }: ExampleDefinition<ArgumentSpecs>, given: Preset<SharedSpecs>): object {
  if (given.resume) return rememberedSettings(name, given.name);
  if (!given.test || given.policy !== undefined) return {};
  const settings = Object.entries(testedSettings(name, given.name));
  return Object.fromEntries(settings.filter(([option]) => options[option]?.environment));
}

function sharedSpecs({ budget, checkpointEvery, logEvery = 1 }: Pick<ExampleDefinition<ArgumentSpecs>, 'budget' | 'checkpointEvery' | 'logEvery'>) {
  const { steps = Number.POSITIVE_INFINITY, episodes = Number.POSITIVE_INFINITY, updates = Number.POSITIVE_INFINITY } = budget;
  const limit = { whole: true, least: 1 } as const;
  return {
    seed: { default: 0, whole: true, description: 'the root of all randomness: the same seed, the same result' },
    steps: {
      ...limit,
      default: steps,
      description: 'environment steps to train for, over all copies; the first of --steps, --episodes, --updates and --until that is reached ends it',
    },
    episodes: { ...limit, default: episodes, description: 'finished episodes to train for' },
    updates: { ...limit, default: updates, description: 'updates to train for' },
    until: { default: Number.POSITIVE_INFINITY, description: 'ends when the last 100 episodes return so much on average' },
    name: { default: '', description: 'folder below runs/ for the results' },
    'checkpoint-every': { ...limit, default: checkpointEvery, description: 'updates between two checkpoints' },
    'log-every': { ...limit, default: logEvery, description: 'updates between two rows of metrics' },
    tensorboard: { default: false, description: 'writes event files for TensorBoard too, in the folder of the run' },
    resume: { default: false, description: 'goes on from the newest checkpoint of the run --name, or of the last run' },
    test: { default: false, description: 'plays greedily with a policy that was saved, and learns nothing' },
    policy: { default: '', description: 'file of the policy for --test; by default of the last run, or the one that comes with the example' },
    'test-episodes': { default: 100, whole: true, least: 0, description: 'episodes that are played greedily, after training or with --test' },
    watch: { default: false, description: 'serves a page on this machine with the curves and the agent playing while it trains' },
    port: { default: 0, whole: true, least: 0, description: 'port of that page; 0 is any free one' },
    render: { default: false, description: 'shows an episode: drawn in the terminal, or as a GIF where there is none' },
  } as const;
}

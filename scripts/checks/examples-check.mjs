import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { mapLimited, run } from '../lib/run.mjs';
import { programNames, root } from '../lib/workspace.mjs';
import { failOn } from './check.mjs';

/**
 * Every example that learns does so for a little while as it was built, shows an episode with what it has saved, and goes on from its checkpoint: a run that was
 * stopped after its first update and resumed, watched, writes the same policy as one that was not, byte for byte.
 *
 * @param {import('./check.mjs').Context} context
 */
export async function examples({ scratch }) {
  const folder = path.join(scratch, 'examples');
  mkdirSync(folder);
  const learners = programNames('examples').filter((name) => !name.startsWith('play-'));
  const complaints = await mapLimited(learners, 2, async (name) => {
    const play = example(folder, name);
    // threads go on at their own pace; this one alone does not
    const alone = name.startsWith('a3c-') ? ['--workers', '0'] : [];
    await play('whole', '--seed', '5', '--updates', '2', ...alone);
    await play('parts', '--seed', '5', '--updates', '1', ...alone);
    await play('parts', '--resume', '--updates', '2', '--watch');
    await play('parts', '--test', '--render');
    return policyOf(folder, name, 'whole').equals(policyOf(folder, name, 'parts')) ? [] : [`${name}: a run that was resumed wrote another policy.`];
  });
  failOn([...complaints.flat(), ...(await mistakes(folder))]);
}

/**
 * What an example is told wrongly ends it with a sentence.
 *
 * @param {string} folder - where all examples have run
 */
async function mistakes(folder) {
  /** @type {[string[], string][]} */
  const expected = [
    [['--raet', '1'], 'Unknown option --raet. Did you mean --rate?'],
    [['--preset', 'fats'], 'expected fast or steady'],
    [['--env', 'CartPole-v2'], 'expected CartPole-v0 or CartPole-v1'],
    [['--resume', '--name', 'reinforce-cartpole-whole', '--env', 'CartPole-v1'], 'got a checkpoint with environment.id: "CartPole-v0"'],
    [['--resume', '--name', 'a2c-cartpole-whole'], 'which is a run of a2c-cartpole; expected a run of reinforce-cartpole.'],
    [['--resume', '--name', 'nowhere'], 'which holds no run of an example; expected a run of reinforce-cartpole.'],
    [['--test', '--policy', 'nowhere.safetensors'], 'nowhere.safetensors'],
    [['--test', '--policy', 'runs/a2c-pong-whole/policy.safetensors'], 'IncompatiblePolicyError'],
  ];
  const file = path.join(root, 'examples/dist/reinforce-cartpole/main.js');
  const complaints = expected.map(async ([args, text]) => {
    const said = await run(process.execPath, [file, ...args], { cwd: folder, label: 'a mistake' }).then(() => 'nothing', String);
    return said.includes(text) ? [] : [`reinforce-cartpole ${args.join(' ')} said ${said}, and nothing of "${text}".`];
  });
  return (await Promise.all(complaints)).flat();
}

/**
 * @param {string} folder - where the example finds itself
 * @param {string} name
 */
function example(folder, name) {
  const file = path.join(root, 'examples/dist', name, 'main.js');
  /** @param {string} attempt @param {string[]} args */
  return (attempt, ...args) =>
    run(process.execPath, [file, '--name', runName(name, attempt), '--test-episodes', '1', ...args], { cwd: folder, label: `running the example ${name}` });
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {string} attempt
 */
function policyOf(folder, name, attempt) {
  return readFileSync(path.join(folder, 'runs', runName(name, attempt), 'policy.safetensors'));
}

/**
 * @param {string} name
 * @param {string} attempt
 */
function runName(name, attempt) {
  return `${name}-${attempt}`;
}

import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { evaluate, type Update } from '@pg/algos';
import { InvalidOptionsError, type Space } from '@pg/core';
import { loadPolicy, type Policy } from '@pg/policies';
import type { Example } from './example.js';
import { existingRunFolder, lastRunFolder } from './run-folder.js';
import { showEpisode } from './show-episode.js';

/** Plays greedily with a policy that was saved: the one of `--policy`, of the run `--name`, of the last run, or the one that comes along. */
export async function testPolicy<TObs extends Space, TAct extends Space>(example: Example<TObs, TAct, Update>): Promise<void> {
  const { environment, settings } = example;
  const file = policyFile(example);
  console.log(`The policy is that of ${relative('.', file)}; it plays ${environment.id.split(' ')[0]}.`);
  const policy = (await loadPolicy(file, { env: environment })) as unknown as Policy<TObs, TAct>;
  const episodes = settings['test-episodes'];
  if (settings.render) await showEpisode(example, policy, '.');
  else if (episodes > 0) {
    const { meanReturn, stdReturn, meanLength } = await evaluate(policy, environment, { episodes, seed: settings.seed });
    console.log(
      `Played ${episodes} episode${episodes === 1 ? '' : 's'} greedily: mean return ${meanReturn.toFixed(2)} ± ${stdReturn.toFixed(2)}, ${meanLength.toFixed(0)} steps on average.`,
    );
  }
  policy.dispose();
}

function policyFile({ name, settings }: Pick<Example<Space, Space, Update>, 'name' | 'settings'>): string {
  if (settings.policy !== '') return settings.policy;
  const run = settings.name === '' ? lastRunFolder(name) : existingRunFolder(name, settings.name);
  // built programs lie in examples/dist/NAME/
  const shipped = fileURLToPath(new URL(`../../policies/${name}.safetensors`, import.meta.url));
  const found = [run === undefined ? '' : join(run, 'policy.safetensors'), settings.name === '' ? shipped : ''].find((path) => path !== '' && existsSync(path));
  if (found !== undefined) return found;
  throw new InvalidOptionsError({
    where: name,
    got: run === undefined ? 'no policy: no run, and none that comes with the example' : `${run} without a policy`,
    expected: 'a policy that was saved',
    remedy: 'Train first, or name a file with --policy.',
  });
}

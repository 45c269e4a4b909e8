import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { InvalidOptionsError, UnavailableError } from '@pg/core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ask, openEvents } from '../../fixtures/events-client.js';
import { scratchFolder } from '../files/scratch-folder.js';
import type { Clip } from './film.js';
import type { PageData, Progress } from './page-data.js';
import type { WatchOptions } from './watch-options.js';
import { type LivePage, watchRun } from './watch-run.js';

const silent = { write: () => {} };

async function watched(options: WatchOptions = {}): Promise<LivePage> {
  const page = await watchRun({ stream: silent, ...options });
  onTestFinished(() => page.close());
  return page;
}

const update = (step: number, meanReturn = step / 10) => ({ step, episodes: step / 100, meanReturn, meanLength: 20, entropy: 0.5 });
const picture = (shade: number) => ({ width: 8, height: 6, data: new Uint8Array(8 * 6 * 3).fill(shade) });

/** Counts to five; its picture is the count. */
function countingEnv() {
  let count = 0;
  return {
    reset: () => {
      count = 0;
      return [0];
    },
    step: (action: number) => {
      count += action;
      return { obs: [count], reward: action, terminated: count >= 5, truncated: false };
    },
    render: () => picture(count),
  };
}

const rng = { state: () => ({ key: [1, 2, 3, 4], generator: [1, 2, 3, 4] }), restore: () => {} } as never;
const learner = { policy: { rng, session: () => ({ act: (_: number[]) => 1, reset: () => {} }) } };

describe('the page', () => {
  test('is one document that loads nothing', async () => {
    const page = await watched({ title: 'A <b> & a "c"' });
    const { status, headers, body } = await ask(page.url);
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'x-frame-options': 'DENY' });
    expect(body).toContain('<title>A &lt;b&gt; &amp; a &quot;c&quot;</title>');
    expect(body).toContain('type="application/json">null</script>');
    expect(body).not.toMatch(/(?:src|href)="(?!data:)|@import|url\(/);
    expect(body.length).toBeLessThan(40_000);
  });

  test('says where it is', async () => {
    let printed = '';
    const page = await watched({ stream: { write: (text) => (printed += text) } });
    expect(page.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect(printed).toBe(`Watch at ${page.url}\n`);
  });

  test('is for this machine only, under a name of it', async () => {
    const page = await watched();
    const { port } = new URL(page.url);
    const statuses = async (host: string) => (await ask(page.url, { host })).status;
    expect(await statuses(`localhost:${port}`)).toBe(200);
    expect(await statuses(`evil.example:${port}`)).toBe(421);
    expect(await statuses('127.0.0.1')).toBe(200);
    expect((await ask(`${page.url}events`, { host: `evil.example:${port}` })).status).toBe(421);
  });

  test('answers nothing else', async () => {
    const page = await watched();
    expect((await ask(`${page.url}other`)).status).toBe(404);
    expect((await ask(`${page.url}../../etc/passwd`)).status).toBe(404);
    expect((await ask(page.url, { method: 'POST' })).status).toBe(405);
  });
});

describe('a run that goes on', () => {
  test('has the curves and the clock of before, and says what limits it', async () => {
    let time = 0;
    const file = join(scratchFolder(), 'run.html');
    const metrics = [100, 200].map((step) => ({ 'time/total_timesteps': step, 'time/time_elapsed': step / 10, 'rollout/ep_rew_mean': 90 }));
    const page = await watched({ metrics, start: 200, totalEpisodes: 30, totalUpdates: 12, now: () => time });
    time = 2000;
    page.update({ ...update(300), updates: 6 });
    page.save(file);
    const data: PageData = JSON.parse(/application\/json">(.*?)<\/script>/.exec(readFileSync(file, 'utf8'))![1]!);
    expect(data).toMatchObject({ total: null, start: 200, totalEpisodes: 30, totalUpdates: 12, status: { elapsed: 22, updates: 6, bestReturn: 90 } });
    expect(data.curves.curves['time/time_elapsed']!.mean).toEqual([10, 20, 22]);
  });
});

describe('events', () => {
  test('everything first, then what changes', async () => {
    const page = await watched({ title: 'run', total: 1000, settings: { seed: 3 }, reference: { y: 5, label: 'goal' } });
    page.update(update(100));
    const client = await openEvents(page.url);
    expect(await client.next('run')).toMatchObject({
      title: 'run',
      total: 1000,
      settings: [['seed', '3']],
      result: [],
      reference: { y: 5, label: 'goal' },
      status: { phase: 'training', step: 100, meanReturn: 10 },
      curves: { from: 0, steps: [100], curves: { 'rollout/ep_rew_mean': { mean: [10] }, 'train/entropy_loss': { mean: [-0.5] } } },
    });
    await client.next('progress');
    page.update(update(200));
    page.update(update(300));
    expect(await client.next('progress')).toMatchObject({ status: { step: 300 }, curves: { from: 1, steps: [200, 300] } });
  });

  test('a page that is opened late has the whole run, in bounded size', async () => {
    const page = await watched();
    for (let step = 1; step <= 5000; step++) page.update(update(step, Math.sin(step)));
    const { curves } = (await (await openEvents(page.url)).next('run')) as PageData;
    expect(curves.steps.length).toBeLessThanOrEqual(1024);
    expect(curves.steps.at(-1)).toBe(5000);
    expect(JSON.stringify(curves).length).toBeLessThan(200_000);
  });

  test('any number of pages get the same', async () => {
    const page = await watched();
    const clients = await Promise.all(Array.from({ length: 8 }, () => openEvents(page.url)));
    page.update(update(100));
    for (const client of clients) expect(((await client.next('progress')) as Progress).status.step).toBe(100);
    expect(clients[0]!.events.some(({ name }) => name === 'crowded')).toBe(true);
  });

  test('the end', async () => {
    const page = await watched();
    const client = await openEvents(page.url);
    await client.next('run');
    page.update(update(100));
    page.show(picture(9), { episode: 1, step: 3, return: 2 });
    await page.finish({ solved: true });
    const data = (await client.next('run')) as PageData;
    expect(data).toMatchObject({ status: { phase: 'finished', step: 100 }, result: [['solved', 'true']] });
    expect(data.film?.clips.flatMap(({ frames }) => frames)).toEqual([[0, 0, 8, 6, 1, 3, 2]]);
    page.update(update(200));
    expect((await openEvents(page.url)).events).toEqual([]);
    await page.close();
    await client.ended;
  });

  test('a run that was stopped by its user, and one that failed', async () => {
    const [stopped, failed] = [await watched(), await watched()];
    await stopped.finish({ meanReturn: 3 }, { status: 'stopped' });
    expect(await (await openEvents(stopped.url)).next('run')).toMatchObject({ status: { phase: 'stopped' }, result: [['meanReturn', '3']], note: '' });
    await failed.fail(new Error('out of glue'));
    await failed.finish();
    expect(await (await openEvents(failed.url)).next('run')).toMatchObject({ status: { phase: 'failed' }, note: 'out of glue' });
  });

  test('a run that is not finished was stopped', async () => {
    const page = await watched();
    const client = await openEvents(page.url);
    await client.next('run');
    await page.close();
    expect(await client.next('run')).toMatchObject({ status: { phase: 'stopped' } });
    await client.ended;
    await page.close();
  });
});

describe('the agent', () => {
  test('plays for those who look', async () => {
    const page = await watched();
    const env = countingEnv();
    page.play(learner, env, { fps: 100 });
    const client = await openEvents(page.url);
    const clip = (await client.next('clip')) as Clip;
    expect(clip).toMatchObject({ width: 8, height: 6, fps: 100 });
    expect(clip.frames.slice(0, 2)).toEqual([
      [0, 0, 8, 6, 1, 0, 0],
      [0, 0, 8, 6, 1, 1, 1],
    ]);
  });

  test('does nothing while nobody looks, and plays a whole episode at the end', async () => {
    const page = await watched();
    const env = countingEnv();
    let steps = 0;
    const counted = (action: number) => {
      steps++;
      return env.step(action);
    };
    page.play(learner, { ...env, step: counted }, { fps: 100 });
    await new Promise((resolve) => setTimeout(resolve, 450));
    expect(steps).toBe(0);
    await page.finish();
    expect(steps).toBe(5);
    const { film } = (await (await openEvents(page.url)).next('run')) as PageData;
    expect(film!.clips.flatMap(({ frames }) => frames.map(([, , , , , step, sum]) => [step, sum]))).toEqual([0, 1, 2, 3, 4, 5].map((step) => [step, step]));
  });

  test('may fail: the page says so, and training goes on', async () => {
    const page = await watched();
    const broken = { ...countingEnv(), step: () => { throw new Error('out of glue'); } }; // biome-ignore format: one thing
    page.play(learner, broken, { fps: 100 });
    const client = await openEvents(page.url);
    await client.next('run');
    expect(await client.next('run')).toMatchObject({ note: 'The agent cannot be shown: out of glue', status: { phase: 'waiting' } });
    page.update(update(100));
    expect(await client.next('progress')).toMatchObject({ status: { step: 100 } });
  });

  test('is refused an environment that normalises', async () => {
    const page = await watched();
    expect(() => page.play(learner, { ...countingEnv(), normalization: {} })).toThrow(
      'page.play: got an environment that normalises; expected one without normalisation, because the policy does it itself. Make it from the specification behind which normalizeObservations and normalizeRewards are not piped yet.',
    );
    expect(() => page.play(learner, countingEnv(), { fps: 0 })).toThrow(InvalidOptionsError);
  });
});

describe('refuses', () => {
  test('a port that is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as { port: number };
    const opened = watchRun({ port, stream: silent });
    await expect(opened).rejects.toThrow(UnavailableError);
    await expect(opened).rejects.toThrow(
      `watchRun: got port ${port}, which another program is using; expected a port that is free. Choose another port, or leave it out: any free one is then taken.`,
    );
  });

  test.each<[object, string]>([
    [{ port: 70_000 }, 'watchRun: got port: 70000'],
    [{ titel: 'x' }, 'Did you mean "title"?'],
    [{ total: 0 }, 'watchRun: got total: 0'],
    [{ reference: { y: 3 } }, 'watchRun: got no option "reference.label"'],
  ])('%j', async (options, message) => {
    await expect(watchRun(options as WatchOptions)).rejects.toThrow(message);
  });

  test('what is no picture', async () => {
    const page = await watched();
    expect(() => page.show({ width: 2, height: 2, data: new Uint8Array(3) })).toThrow('page.show: got a picture of 2×2 with 3 bytes');
  });
});

test('a page is saved as one file with its data', async () => {
  const page = await watched({ title: '</script><script>alert(1)</script>' });
  page.update(update(100));
  await page.finish({ note: '</script>' });
  const file = join(scratchFolder(), 'deep', 'run.html');
  page.save(file);
  const html = readFileSync(file, 'utf8');
  const json = /<script id="data" type="application\/json">(.*?)<\/script>/.exec(html)![1]!;
  expect(JSON.parse(json)).toMatchObject({ title: '</script><script>alert(1)</script>', status: { phase: 'finished', step: 100 } });
  expect(html.split('<script').length).toBe(3);
});

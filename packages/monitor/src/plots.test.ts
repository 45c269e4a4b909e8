import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

test('bundled for a browser, curves and metrics work without Node', async () => {
  const program = `
    import { learningCurve, metricCurve, toMetrics } from '@pg/monitor/plots';
    const row = (step) => toMetrics({ step, episodes: 1, meanReturn: step / 100, meanLength: 1 }, { elapsedSeconds: 1 });
    globalThis.svg = learningCurve([{ label: 'a', points: metricCurve([row(0), row(1000)]) }], { title: 'in a browser' });`;
  const stdin = { contents: program, resolveDir: import.meta.dirname };
  const { outputFiles } = await build({ stdin, bundle: true, write: false, platform: 'browser', format: 'iife', conditions: ['@pg/source'] });
  const page = { svg: '' };
  runInNewContext(outputFiles[0]!.text, page);
  expect(page.svg).toContain('>in a browser</text>');
  expect(page.svg).toContain('stroke="#0072B2"');
});

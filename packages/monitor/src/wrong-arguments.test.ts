import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findGaps } from '../../../fixtures/wrong-arguments.js';
import { scratchFolder } from './files/scratch-folder.js';
import * as monitor from './index.js';
import { svgToPng } from './png.js';

const update = { step: 5, episodes: 1, meanReturn: 1, meanLength: 1 };
const picture = { width: 1, height: 1, data: new Uint8Array(3) };
const row = { 'time/total_timesteps': 5 };
const text = (value: unknown) => typeof value === 'string';
const path = (value: unknown) => typeof value === 'string' && value !== '';
const none = () => false;
const missing = (value: unknown) => value === undefined;
const plain = (value: unknown) => missing(value) || (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype);
const entries = (value: unknown) => !missing(value) && plain(value);
const anything = () => true;
const number = (value: unknown) => typeof value === 'number';
const noRows = (value: unknown) => (Array.isArray(value) && value.length === 0) || value instanceof Map || value instanceof Float32Array;

/** A call for each argument of each public function: its name, the call, and which values are fine. */
function calls(): [string, (value: never) => unknown, (value: unknown) => boolean][] {
  const folder = scratchFolder();
  const at = (name: string) => join(folder, name);
  let count = 0;
  const fresh = () => at(`fresh-${++count}`);
  const run = monitor.createRun({ directory: at('run'), tensorboard: true });
  const record = monitor.readRun(at('run'));
  const lines = monitor.jsonLines(at('a.jsonl'));
  const table = monitor.csv(at('a.csv'));
  const board = monitor.tensorboardWriter(at('board'));
  const [group] = monitor.compareRuns([record]).groups;
  const stream = { write: () => true };
  const bar = monitor.progressBar({ total: 10, stream });
  const svg = monitor.learningCurve([]);
  const points = [{ x: 1, y: 1 }];
  const gif = () => monitor.gifRecorder(fresh());
  const watch = async (use: (page: monitor.LivePage) => unknown) => {
    const page = await monitor.watchRun({ stream });
    await Promise.resolve(use(page)).finally(() => page.close());
  };
  return [
    ['createRun(options)', (x) => monitor.createRun(x), none],
    ['createRun({ directory })', (x) => monitor.createRun({ directory: path(x) ? fresh() : x }), path],
    ['run.record(update)', (x) => run.record(x), none],
    ['run.record({ step })', (x) => run.record({ ...update, step: x }), none],
    ['run.path(name)', (x) => run.path(x), text],
    ['run.play(learner)', (x) => run.play(x, { reset() {}, step() {}, render: () => picture } as never), none],
    ['run.play(learner, env)', (x) => run.play({ policy: { session: () => ({}), rng: {} } } as never, x), none],
    ['run.finish(result)', (x) => monitor.createRun({ directory: fresh() }).finish(x), plain],
    ['run.finish(result, end)', (x) => monitor.createRun({ directory: fresh() }).finish({}, x), plain],
    ['run.fail(error)', (x) => monitor.createRun({ directory: fresh() }).fail(x), anything],
    ['readRun(directory)', (x) => monitor.readRun(x), none],
    ['freeDirectory(parent)', (x) => monitor.freeDirectory(path(x) ? at('free') : x, 'name'), path],
    ['freeDirectory(parent, name)', (x) => monitor.freeDirectory(at('free'), x), path],
    ['compareRuns(runs)', (x) => monitor.compareRuns(x), none],
    ['compareRuns(runs, options)', (x) => monitor.compareRuns([record], x), plain],
    ['groupCurve(group)', (x) => monitor.groupCurve(x), none],
    ['groupCurve(group, options)', (x) => monitor.groupCurve(group!, x), plain],
    ['csv(path)', (x) => monitor.csv(path(x) ? fresh() : x), path],
    ['csv(path, options)', (x) => monitor.csv(fresh(), x), plain],
    ['csv.write(row)', (x) => table.write(x), entries],
    ['csv.write({ metric })', (x) => table.write({ a: x }), number],
    ['jsonLines(path)', (x) => monitor.jsonLines(path(x) ? fresh() : x), path],
    ['jsonLines(path, options)', (x) => monitor.jsonLines(fresh(), x), plain],
    ['jsonLines.write(row)', (x) => lines.write(x), entries],
    ['toMetrics(update)', (x) => monitor.toMetrics(x, { elapsedSeconds: 1 }), none],
    ['toMetrics(update, options)', (x) => monitor.toMetrics(update, x), none],
    ['learningCurve(series)', (x) => monitor.learningCurve(x), (x) => Array.isArray(x) && x.length === 0],
    ['learningCurve([{ label }])', (x) => monitor.learningCurve([{ label: x, points }]), text],
    ['learningCurve([{ points }])', (x) => monitor.learningCurve([{ label: 'a', points: x }]), (x) => Array.isArray(x) && x.length === 0],
    ['learningCurve(series, options)', (x) => monitor.learningCurve([], x), plain],
    ['medianCurve(label)', (x) => monitor.medianCurve(x, [points]), text],
    ['medianCurve(label, runs)', (x) => monitor.medianCurve('a', x), (x) => Array.isArray(x) && x.length === 0],
    ['medianCurve(label, runs, options)', (x) => monitor.medianCurve('a', [points], x), plain],
    ['metricCurve(rows)', (x) => monitor.metricCurve(x), (x) => Array.isArray(x) && x.length === 0],
    ['metricCurve(rows, options)', (x) => monitor.metricCurve([row], x), plain],
    ['writePlot(path)', (x) => monitor.writePlot(x, svg), none],
    ['writePlot(path, svg)', (x) => monitor.writePlot(at('a.svg'), x), none],
    ['writePlot(path, svg, options)', (x) => monitor.writePlot(at('a.svg'), svg, x), plain],
    ['svgToPng(svg)', (x) => svgToPng(x), none],
    ['svgToPng(svg, options)', (x) => svgToPng(svg, x), plain],
    ['progressBar(options)', (x) => monitor.progressBar(x), none],
    ['bar.update(update)', (x) => bar.update(x), none],
    ['bar.log(message)', (x) => bar.log(x), text],
    ['gifRecorder(path)', (x) => monitor.gifRecorder(x), path],
    ['gifRecorder(path, options)', (x) => monitor.gifRecorder(at('a.gif'), x), plain],
    ['gif.add(picture)', (x) => gif().add(x), none],
    ['writeGif(path)', (x) => monitor.writeGif(path(x) ? fresh() : x, [picture]), path],
    ['writeGif(path, pictures)', (x) => monitor.writeGif(fresh(), x), none],
    ['writeGif(path, pictures, options)', (x) => monitor.writeGif(fresh(), [picture], x), plain],
    ['writePng(path)', (x) => monitor.writePng(path(x) ? fresh() : x, picture), path],
    ['writePng(path, picture)', (x) => monitor.writePng(fresh(), x), none],
    ['mp4Recorder(path)', (x) => monitor.mp4Recorder(x), path],
    ['mp4Recorder(path, options)', (x) => monitor.mp4Recorder(at('a.mp4'), x), plain],
    ['mp4.add(picture)', (x) => monitor.mp4Recorder(fresh()).add(x), none],
    ['readTensorboard(path)', (x) => monitor.readTensorboard(x), none],
    ['tensorboardWriter(directory)', (x) => monitor.tensorboardWriter(path(x) ? fresh() : x), path],
    ['tensorboardWriter(directory, options)', (x) => monitor.tensorboardWriter(fresh(), x), plain],
    ['board.write(row)', (x) => board.write(x), none],
    ['board.histograms(prefix)', (x) => board.histograms(x, [], 5), text],
    ['board.histograms(prefix, values)', (x) => board.histograms('a', x, 5), (x) => Array.isArray(x) && x.length === 0],
    [
      'board.histograms(prefix, [{ values }])',
      (x) => board.histograms('a', [{ name: 'a', values: x }], 5),
      (x) => (Array.isArray(x) && x[0] !== null) || ArrayBuffer.isView(x),
    ],
    ['board.histograms(prefix, values, step)', (x) => board.histograms('a', [], x), none],
    ['board.image(tag)', (x) => board.image(x, picture, 5), text],
    ['board.image(tag, picture)', (x) => board.image('a', x, 5), none],
    ['board.image(tag, picture, step)', (x) => board.image('a', picture, x), none],
    ['board.animation(tag)', (x) => board.animation(x, [picture], { step: 5 }), text],
    ['board.animation(tag, pictures)', (x) => board.animation('a', x, { step: 5 }), none],
    ['board.animation(tag, pictures, options)', (x) => board.animation('a', [picture], x), none],
    ['writeRunPage(path)', (x) => monitor.writeRunPage(path(x) ? fresh() : x, { metrics: [] }), path],
    ['writeRunPage(path, options)', (x) => monitor.writeRunPage(fresh(), x), none],
    ['writeRunPage(path, { metrics })', (x) => monitor.writeRunPage(fresh(), { metrics: x }), noRows],
    ['watchRun(options)', (x) => monitor.watchRun(x === undefined || plain(x) ? { stream } : x).then((page) => page.close()), plain],
    ['watchRun({ metrics })', (x) => monitor.watchRun({ stream, metrics: x }).then((page) => page.close()), (x) => missing(x) || noRows(x)],
    ['page.update(update)', (x) => watch((page) => page.update(x)), none],
    ['page.show(picture)', (x) => watch((page) => page.show(x)), none],
    ['page.show(picture, caption)', (x) => watch((page) => page.show(picture, x)), plain],
    ['page.play(learner)', (x) => watch((page) => page.play(x, { reset() {}, step() {}, render: () => picture } as never)), none],
    ['page.play(learner, env)', (x) => watch((page) => page.play({ policy: { session: () => ({}), rng: {} } } as never, x)), none],
    ['page.finish(result)', (x) => watch((page) => page.finish(x)), plain],
    ['page.finish(result, end)', (x) => watch((page) => page.finish({}, x)), plain],
    ['page.save(path)', (x) => watch((page) => page.save(path(x) ? fresh() : x)), path],
  ];
}

/** Stands for the right argument, with which nothing is called here: the other tests do. */
const right = Symbol('right');

test('every public function refuses wrong arguments, and says so in a sentence', async () => {
  const all = calls();
  const gaps: string[] = [];
  for (const [name, call, accepts] of all) {
    const run = (value: unknown) => (value === right ? undefined : call(value as never));
    gaps.push(...(await findGaps(name, { run, right: [right], kinds: [{ accepts }] })));
  }
  expect(gaps).toEqual([]);
  const called = new Set(all.map(([name]) => /^\w+/.exec(name)![0]));
  const functions = Object.entries(monitor).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
  expect(functions.filter((name) => !called.has(name))).toEqual([]);
});

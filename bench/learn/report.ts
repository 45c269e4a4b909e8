import type { Machine } from '../shared/machine.js';
import { median } from '../shared/statistics.js';
import { thousands } from '../shared/table.js';
import type { LearningTask, SeedResult } from './learning-task.js';

/** A seed and what became of it. */
export type Row = readonly [seed: number, result: SeedResult];

/** What was learned of a task. */
export interface Report {
  readonly task: LearningTask;
  readonly rows: readonly Row[];
}

const COLUMNS = ['seed', 'score', 'reached', 'at step', 'training', 'evaluation', 'steps', 'seconds'];

/** What the task is, and the names of the columns. */
export function heading({ name, title, goal, ofTen }: LearningTask): string {
  return `${name}: ${title}\nGoal: ${goal}; ${ofTen} of 10 seeds\n\n${line(COLUMNS)}`;
}

/** A line of the table. */
export function tableRow([seed, { score, reached, reachedAt, trainingReturn, evaluation, steps, seconds }]: Row): string {
  const at = reachedAt === undefined ? 'never' : thousands(reachedAt);
  return line([
    `${seed}`,
    score.toFixed(2),
    reached ? 'yes' : 'NO',
    at,
    trainingReturn.toFixed(1),
    evaluation.toFixed(1),
    thousands(steps),
    seconds.toFixed(1),
  ]);
}

/** The line below the table. */
export function summary(report: Report): string {
  const { rows, task } = report;
  return `\n${countReached(report)} of ${rows.length} seeds reached the goal (${task.ofTen} of 10 have to), median score ${medianScore(report).toFixed(2)}\n`;
}

/** Whether as many seeds reached the goal as have to. */
export function isLearned(report: Report): boolean {
  return countReached(report) >= Math.ceil((report.task.ofTen / 10) * report.rows.length);
}

/** All results for programs. */
export function toJson(machine: Machine, reports: readonly Report[]): string {
  const tasks = reports.map((report) => {
    const { task, rows } = report;
    const { name, title, goal, ofTen } = task;
    const seeds = rows.map(([seed, result]) => ({ seed, ...result }));
    return { name, title, goal, ofTen, reached: countReached(report), median: medianScore(report), learned: isLearned(report), seeds };
  });
  return JSON.stringify({ machine, tasks }, null, 2);
}

function countReached({ rows }: Report): number {
  return rows.filter(([, { reached }]) => reached).length;
}

function medianScore({ rows }: Report): number {
  return median(rows.map(([, { score }]) => score));
}

function line(cells: readonly string[]): string {
  return cells.map((cell, i) => cell.padStart(i === 0 ? 5 : 11)).join('');
}

// The script of the page, in live form and in finished form. `npm run page` bundles it into page.generated.ts.
import type { PageData, Progress, RunStatus } from '../page-data.js';
import { Chart } from './chart.js';
import { connect } from './connection.js';
import { Curves } from './curves.js';
import { byId, fillList } from './elements.js';
import { lead, type Panel, panelsOf } from './panels.js';
import { Stage } from './stage.js';
import { numbersOf, partDone, statusInWords } from './words.js';
import { XSwitch } from './x-switch.js';

const stage = new Stage();
const curves = new Curves();
const charts = new Map<string, Chart>();
const over = new XSwitch(() => pointAll(undefined));
let run: PageData | undefined;
let status: RunStatus | undefined;
let heardAt = performance.now();
let lost = false;

function showRun(data: PageData): void {
  run = data;
  document.title = data.title;
  byId('title').textContent = data.title;
  showList('settings', data.settings);
  showList('result', data.result);
  byId('note').textContent = data.note;
  byId('note').hidden = data.note === '';
  if (data.film !== null) stage.showFilm(data.film);
  showProgress(data);
}

function showList(name: string, entries: PageData['settings']): void {
  fillList(byId(name), entries);
  byId(`${name}-card`).hidden = entries.length === 0;
}

function showProgress({ status: latest, curves: patch }: Progress): void {
  status = latest;
  heardAt = performance.now();
  lost = false;
  if (patch !== null) curves.apply(patch);
  showStatus();
  showCharts();
}

function showStatus(): void {
  if (run === undefined || status === undefined) return;
  const text = lost ? 'Connection lost; trying again' : statusInWords(status, (performance.now() - heardAt) / 1000);
  const element = byId('status');
  // said aloud when it changes, and only then
  if (element.textContent !== text) element.textContent = text;
  element.dataset.phase = lost ? 'lost' : status.phase;
  fillList(byId('numbers'), numbersOf(status, run));
  const part = partDone(status, run);
  const bar = byId<HTMLProgressElement>('progress');
  bar.hidden = part === undefined;
  bar.value = part ?? 0;
}

function showCharts(): void {
  const panels = panelsOf(curves.names);
  if (!charts.has(lead.metric)) byId('lead').append(addChart(lead).element);
  if (panels.some(({ metric }) => !charts.has(metric))) {
    // metrics come when they come, and the charts keep their order
    byId('charts').append(...panels.map((panel) => (charts.get(panel.metric) ?? addChart(panel)).element));
  }
  over.offer(curves);
  for (const chart of charts.values()) chart.draw();
}

/** Marks a place in all charts. */
function pointAll(x: number | undefined): void {
  for (const chart of charts.values()) chart.point(x);
}

function addChart(panel: Panel): Chart {
  const reference = panel === lead ? (run?.reference ?? null) : null;
  const chart = new Chart({ panel, curves, reference, over: () => over.axis, point: pointAll });
  charts.set(panel.metric, chart);
  return chart;
}

const data = JSON.parse(byId('data').textContent ?? 'null') as PageData | null;
if (data !== null) showRun(data);
else {
  connect({
    run: showRun,
    progress: showProgress,
    clip: (clip) => void stage.add(clip),
    lost: () => {
      lost = true;
      showStatus();
    },
  });
  setInterval(showStatus, 1000);
}

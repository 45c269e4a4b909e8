import { tickLabels } from '../../plots/tick-label.js';
import { timeUnit } from '../../plots/time-unit.js';
import { duration } from '../../progress/describe-status.js';
import { type Axis, stepAxis } from './axis.js';
import type { Curves } from './curves.js';
import { inDigits } from './words.js';

/** What curves can be drawn over. */
export type XName = 'steps' | 'time' | 'episodes';

/** A horizontal axis. */
export interface XAxis {
  /** Where each stretch of the curves ends. */
  places(curves: Curves): readonly number[];
  /** From which to which value, with labelled ticks. */
  layOut(range: readonly [number, number], count: number): LabelledAxis;
  /** A place in words. */
  say(x: number): string;
}

/** An axis whose ticks have names. */
export interface LabelledAxis extends Axis {
  readonly labels: readonly string[];
}

const counted = { layOut: (range: readonly [number, number], count: number) => labelled(stepAxis(range, count)) };

/** The axes by their names. Of a stretch that is several updates, time and episodes are those of the last one, as its steps are. */
export const xAxes: Readonly<Record<XName, XAxis>> = {
  steps: { ...counted, places: ({ steps }) => steps, say: inDigits },
  time: { layOut: layOutTime, places: (curves) => curves.get('time/time_elapsed').high, say: duration },
  episodes: { ...counted, places: (curves) => curves.get('time/episodes').high, say: (x) => `episode ${inDigits(x)}` },
};

const shortNames: Readonly<Record<string, string>> = { seconds: 's', minutes: 'min', hours: 'h', days: 'd' };

/** Round numbers of the unit that suits. */
function layOutTime([low, high]: readonly [number, number], count: number): LabelledAxis {
  const { name, seconds } = timeUnit(high);
  const inUnits = labelled(stepAxis([low / seconds, high / seconds], count));
  return {
    low: inUnits.low * seconds,
    high: inUnits.high * seconds,
    ticks: inUnits.ticks.map((tick) => tick * seconds),
    labels: inUnits.labels.map((label) => `${label} ${shortNames[name]}`),
  };
}

function labelled(axis: Axis): LabelledAxis {
  return { ...axis, labels: tickLabels(axis.ticks) };
}

/** A unit of time for an axis. */
export interface TimeUnit {
  readonly name: string;
  readonly seconds: number;
}

const units: readonly TimeUnit[] = [
  { name: 'days', seconds: 86_400 },
  { name: 'hours', seconds: 3600 },
  { name: 'minutes', seconds: 60 },
];

/** The largest unit of which an axis has at least three. */
export function timeUnit(seconds: number): TimeUnit {
  return units.find((unit) => seconds >= 3 * unit.seconds) ?? { name: 'seconds', seconds: 1 };
}

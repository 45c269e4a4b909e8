import type { ReferenceLine } from '../../plots/curve-options.js';
import { rangeOf } from './axis.js';
import { drawAxes, drawReference, type Frame, layOut } from './chart-frame.js';
import type { Curves } from './curves.js';
import { html, svg } from './elements.js';
import { lead, type Panel } from './panels.js';
import { bandPath, linePath } from './paths.js';
import { nearest, type PlacedCurve, thin } from './thin.js';
import { inDigits } from './words.js';
import type { XAxis } from './x-axis.js';

/** Pixels that a stretch of the curve has at least. */
const STRETCH = 3;

/** What a chart is made for. */
export interface ChartParts {
  readonly panel: Panel;
  readonly curves: Curves;
  readonly reference: ReferenceLine | null;
  /** What the curve is drawn over now. */
  readonly over: () => XAxis;
  /** Told the place that is looked at, or nothing. */
  readonly point: (x: number | undefined) => void;
}

/** A curve over steps, time or episodes with its axes, and the value where the pointer or the arrow keys are. */
export class Chart {
  readonly element: HTMLElement;
  readonly #parts: ChartParts;
  readonly #svg = svg('svg', { 'aria-hidden': 'true' });
  readonly #readout = html('span', { class: 'readout' });
  #cursor: number | undefined;
  #drawn: { readonly frame: Frame; readonly curve: PlacedCurve } | undefined;

  constructor(parts: ChartParts) {
    this.#parts = parts;
    const head = html('div', { class: 'card-head' }, html('h2', {}, parts.panel.label), this.#readout);
    this.element = html('div', { class: 'card chart', tabindex: '0', role: 'group' }, head, this.#svg);
    this.#listen();
    new ResizeObserver(() => this.draw()).observe(this.#svg);
  }

  /** Draws everything anew. */
  draw(): void {
    const { width, height } = this.#svg.getBoundingClientRect();
    if (width < 80) return;
    const curve = this.#curve(width / STRETCH);
    const frame = layOut(curve, { width, height, reference: this.#parts.reference, over: this.#parts.over() });
    this.#drawn = frame && { frame, curve };
    this.#svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    this.#svg.replaceChildren(...(frame === undefined ? [this.#emptiness(width, height)] : this.#lines(frame, curve)));
    this.#read();
  }

  /** Marks the values at a place, or the last ones. */
  point(x: number | undefined): void {
    this.#cursor = x;
    this.draw();
  }

  #curve(stretches: number): PlacedCurve {
    const { panel, curves, over } = this.#parts;
    const { xs, mean, low, high } = thin(over().places(curves), curves.get(panel.metric), stretches);
    if (panel.sign === 1) return { xs, mean, low, high };
    const negative = (values: readonly number[]) => values.map((value) => 0 - value);
    return { xs, mean: negative(mean), low: negative(high), high: negative(low) };
  }

  #lines(frame: Frame, curve: PlacedCurve): SVGElement[] {
    const { reference } = this.#parts;
    const at = this.#marked(curve);
    const [x, y] = [frame.place.x(curve.xs[at]!), frame.place.y(curve.mean[at]!)];
    return [
      ...drawAxes(frame),
      ...(reference === null ? [] : drawReference(reference, frame)),
      svg('path', { class: 'band', d: bandPath(curve, frame.place) }),
      svg('path', { class: 'line', d: linePath(curve, frame.place) }),
      ...(this.#cursor === undefined ? [] : [svg('line', { class: 'cursor', x1: x, x2: x, y1: frame.top, y2: frame.bottom })]),
      svg('circle', { class: 'dot', cx: x, cy: y, r: 4 }),
    ];
  }

  #emptiness(width: number, height: number): SVGElement {
    const message = this.#parts.panel === lead ? 'No finished episode yet' : 'Nothing yet';
    return svg('text', { x: width / 2, y: height / 2, 'text-anchor': 'middle' }, message);
  }

  /** The stretch that is looked at: the one at the cursor, or the last one. */
  #marked({ xs }: PlacedCurve): number {
    return this.#cursor === undefined ? xs.length - 1 : nearest(xs, this.#cursor);
  }

  /** Says the value that is marked. */
  #read(): void {
    const curve = this.#drawn?.curve;
    this.#readout.replaceChildren(...(curve === undefined ? [] : this.#words(curve)));
    const range = curve && rangeOf(curve.low, curve.high);
    const summary = range === undefined ? 'nothing yet' : `${this.#readout.textContent}, from ${inDigits(range[0])} to ${inDigits(range[1])}`;
    this.element.setAttribute('aria-label', `${this.#parts.panel.label}: ${summary}. Arrow keys read single values.`);
  }

  /** "376.2", the last value there is, or where a stretch is looked at "376.2 at 42.5k, 12 to 488". */
  #words({ xs, mean, low, high }: PlacedCurve): (string | HTMLElement)[] {
    const { panel, curves, over } = this.#parts;
    if (this.#cursor === undefined) return [html('b', {}, inDigits(panel.sign * curves.get(panel.metric).mean.findLast(Number.isFinite)!))];
    const at = nearest(xs, this.#cursor);
    const spread = high[at]! > low[at]! ? `, ${inDigits(low[at]!, 3)} to ${inDigits(high[at]!, 3)}` : '';
    return [html('b', {}, inDigits(mean[at]!)), ` at ${over().say(xs[at]!)}${spread}`];
  }

  #listen(): void {
    const { point } = this.#parts;
    this.#svg.addEventListener('pointermove', (event) => point(this.#placeAt(event.clientX)));
    this.#svg.addEventListener('pointerleave', () => point(undefined));
    this.element.addEventListener('blur', () => {
      this.#readout.removeAttribute('aria-live');
      point(undefined);
    });
    this.element.addEventListener('keydown', (event) => {
      const x = event.key === 'Escape' ? undefined : this.#keyed(event);
      if (x === undefined && event.key !== 'Escape') return;
      event.preventDefault();
      this.#readout.setAttribute('aria-live', 'polite');
      point(x);
    });
  }

  /** The place to which a key leads. */
  #keyed({ key, shiftKey }: KeyboardEvent): number | undefined {
    if (this.#drawn === undefined) return undefined;
    const { curve } = this.#drawn;
    const [from, last, by] = [this.#marked(curve), curve.xs.length - 1, shiftKey ? 20 : 1];
    const to = { ArrowLeft: from - by, ArrowRight: from + by, Home: 0, End: last }[key];
    return to === undefined ? undefined : curve.xs[Math.min(last, Math.max(0, to))];
  }

  #placeAt(clientX: number): number | undefined {
    if (this.#drawn === undefined) return undefined;
    const { left, right, x } = this.#drawn.frame;
    const part = (clientX - this.#svg.getBoundingClientRect().left - left) / (right - left);
    return x.low + Math.min(1, Math.max(0, part)) * (x.high - x.low);
  }
}

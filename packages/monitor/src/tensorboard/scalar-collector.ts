import type { DecodedEvent, TaggedValue } from './decode-event.js';
import type { ScalarPoint } from './read-tensorboard.js';

/** Fields of a summary's value that TensorBoard shows and that are no scalars: histograms, old and new, pictures and audio; from summary.proto. */
const shownElsewhere: ReadonlySet<number> = new Set([3, 4, 5, 6]);
/** The same as tensors, by their plugins. */
const pluginsElsewhere: ReadonlySet<string> = new Set(['images', 'histograms', 'distributions', 'audio', 'text', 'hparams']);

/** Gathers the scalars of events in the order in which they were written, and what is not read of them. */
export class ScalarCollector {
  readonly #points = new Map<string, ScalarPoint[]>();
  readonly #plugins = new Map<string, string>();
  readonly #unread = new Map<string, string>();

  /** The points of each tag. */
  get scalars(): Readonly<Record<string, readonly ScalarPoint[]>> {
    return Object.fromEntries(this.#points);
  }

  /** A sentence for each tag of which something is not read. */
  get warnings(): string[] {
    return [...this.#unread].map(([tag, what]) => `"${tag}" is not read: ${what}.`);
  }

  /** Takes an event. */
  add({ step, wallTime, restart, values }: DecodedEvent): void {
    if (restart) {
      for (const [tag, points] of this.#points) {
        const kept = points.filter((point) => point.step < step);
        this.#points.set(tag, kept);
      }
    }
    for (const value of values) {
      if (value.plugin !== undefined) this.#plugins.set(value.tag, value.plugin);
      const reason = this.#whyNot(value);
      if (reason === undefined) this.#addPoint(value.tag, { step, wallTime, value: value.value! });
      else if (reason !== '') this.#unread.set(value.tag, reason);
    }
  }

  #addPoint(tag: string, point: ScalarPoint): void {
    const points = this.#points.get(tag);
    if (points === undefined) this.#points.set(tag, [point]);
    else points.push(point);
  }

  /** Why a value is no scalar that can be read; empty where that need not be told, undefined where it is one. */
  #whyNot({ tag, value, isTensor, field }: TaggedValue): string | undefined {
    if (!isTensor) return value !== undefined ? undefined : shownElsewhere.has(field) ? '' : 'it holds nothing that is known';
    const plugin = this.#plugins.get(tag) ?? 'scalars';
    if (pluginsElsewhere.has(plugin)) return '';
    if (plugin !== 'scalars') return `it is of the plugin "${plugin}"`;
    return value === undefined ? 'it is a tensor that is not one number' : undefined;
  }
}

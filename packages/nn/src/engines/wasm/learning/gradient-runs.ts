import type { Kernels, Pointer } from '../kernels.js';
import type { Arena } from '../memory/arena.js';
import type { ParameterLayout, SparseWeight } from './parameter-block.js';

/** Numbers of a block of gradients: the gradients, and behind them a byte for each row of the weights whose rows are kept apart. */
export function gradientNumbers({ size, sparseRows }: ParameterLayout): number {
  return size + Math.ceil(sparseRows / 4);
}

/** Where the gradients lie. */
interface Place {
  readonly arena: Arena;
  readonly kernels: Kernels;
  readonly layout: ParameterLayout;
  readonly gradients: Pointer;
}

/**
 * Which of a network's gradients may be other than zero, as runs of numbers, so that clearing, norm, clipping and optimiser pass the
 * others by: of a layer on sparse inputs, the rows of its weight whose inputs were active in the batch. Whoever asks for all the
 * gradients may write anywhere: from then on there is a single run, all of them.
 */
export class GradientRuns {
  /** Where the runs lie: pairs [first number, count], in order, apart from each other. */
  readonly runs: Pointer;
  /** How many there are. */
  count = 0;
  readonly #place: Place;
  readonly #listAt: () => Int32Array;
  #list: Int32Array = new Int32Array(0);
  #values: Float32Array = new Float32Array(0);
  #marks: Uint8Array = new Uint8Array(0);
  /** Whether the rows of the sparse weights are not told apart any more. */
  #all: boolean;

  /** Before the arena is sealed. `tellsRows`: whether what computes the gradients marks the rows that it writes to. */
  constructor(place: Place, tellsRows: boolean) {
    const { arena, layout } = place;
    this.#place = place;
    this.#all = !tellsRows || layout.sparse.length === 0;
    // between two runs lies a row or a weight that is none
    const most = layout.sparse.length + 1 + Math.ceil((layout.sparseRows + 1) / 2);
    this.runs = arena.reserve(2 * most);
    this.#listAt = () => arena.integers(this.runs, 2 * most);
  }

  /** Once the arena is sealed. */
  open(): void {
    const { arena, layout, gradients } = this.#place;
    this.#list = this.#listAt();
    this.#values = arena.floats(gradients, layout.size);
    this.#marks = arena.bytes(this.marks, layout.sparseRows);
    // nothing has been computed: whatever is there counts
    this.#marks.fill(1);
    this.#collect();
  }

  /** Where the marks of the sparse weights' rows lie, bytes: 1 for a row whose gradient may be other than zero. */
  get marks(): Pointer {
    return this.#place.gradients + this.#place.layout.size * 4;
  }

  /** From now on all gradients count. */
  takeAll(): void {
    if (this.#all) return;
    this.#all = true;
    this.#marks.fill(1);
    this.#collect();
  }

  /** Makes all gradients zero, before rows are marked. */
  clear(): void {
    for (let i = 0; i < this.count; i++) {
      const first = this.#list[2 * i]!;
      this.#values.fill(0, first, first + this.#list[2 * i + 1]!);
    }
    if (!this.#all) this.#marks.fill(0);
  }

  /** Finds the runs, after rows have been marked. */
  find(): void {
    if (!this.#all) this.#collect();
  }

  /** Adds the gradients of another block of the same layout, and its marks. */
  add(from: Pointer): void {
    const { arena, kernels, layout, gradients } = this.#place;
    // a view is an allocation, which layers without rows of their own do not need
    if (layout.sparseRows > 0) {
      const others = arena.bytes(from + layout.size * 4, layout.sparseRows);
      for (let row = 0; row < others.length; row++) this.#marks[row]! |= others[row]!;
      this.find();
    }
    this.each((at, count) => kernels.add(from + at, gradients + at, count));
  }

  /** Calls `work` with the place in bytes and the numbers of each run, in order. */
  each(work: (at: number, count: number) => void): void {
    for (let i = 0; i < this.count; i++) work(this.#list[2 * i]! * 4, this.#list[2 * i + 1]!);
  }

  /** Lets go of the memory. */
  empty(): void {
    this.#list = new Int32Array(0);
    this.#values = new Float32Array(0);
    this.#marks = new Uint8Array(0);
    this.count = 0;
  }

  #collect(): void {
    const { sparse, size } = this.#place.layout;
    this.count = 0;
    let at = 0;
    for (const weight of this.#all ? [] : sparse) {
      this.#append(at, weight.offset - at);
      this.#appendRows(weight);
      at = weight.offset + weight.rows * weight.units;
    }
    this.#append(at, size - at);
  }

  #appendRows({ offset, rows, units, firstRow }: SparseWeight): void {
    for (let row = 0; row < rows; row++) if (this.#marks[firstRow + row]) this.#append(offset + row * units, units);
  }

  /** Puts numbers behind the last run, or makes it longer where it ends there. */
  #append(first: number, count: number): void {
    if (count === 0) return;
    const last = 2 * this.count - 2;
    if (last >= 0 && this.#list[last]! + this.#list[last + 1]! === first) this.#list[last + 1]! += count;
    else {
      this.#list[2 * this.count] = first;
      this.#list[2 * this.count + 1] = count;
      this.count += 1;
    }
  }
}

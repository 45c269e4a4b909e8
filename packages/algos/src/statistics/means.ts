/** Adds up records of numbers and gives their means. */
export class Means<T extends { readonly [K in keyof T]: number | undefined }> {
  readonly #sums: Record<string, number> = {};
  #weight = 0;
  /** The weight of the first record: records of one size weigh 1, exactly. */
  #unit = 0;

  /**
   * Takes in a record; all records have the same fields.
   *
   * @param steps - the number of steps that its numbers are means of, where records are of unequal sizes; 1 by default
   */
  add(record: T, steps = 1): void {
    this.#unit ||= steps;
    const weight = steps / this.#unit;
    this.#weight += weight;
    const sums = this.#sums;
    for (const name in record) sums[name] = (sums[name] ?? 0) + (record[name] as number) * weight;
  }

  /** The mean of each number. */
  get(): { readonly [K in keyof T]: T[K] } {
    const means: Record<string, number> = {};
    for (const name in this.#sums) means[name] = this.#sums[name]! / this.#weight;
    return means as unknown as T;
  }
}

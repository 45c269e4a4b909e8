/** The mean of each number over records of the same fields; at least one record. */
export function meanOf<TRecord extends object>(records: readonly TRecord[]): TRecord {
  const means: Record<string, number> = {};
  for (const name of Object.keys(records[0]!)) {
    let sum = 0;
    for (const record of records) sum += (record as Record<string, number>)[name]!;
    means[name] = sum / records.length;
  }
  return means as TRecord;
}

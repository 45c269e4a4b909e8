/** Nested settings as one flat row: `{ sizes: [64, 64], env: { id: 'Pong' } }` is `{ sizes: [64, 64], 'env.id': 'Pong' }`. Lists stay whole. */
export function flatten(settings: Readonly<Record<string, unknown>>, prefix = ''): Record<string, unknown> {
  const entries = Object.entries(settings).flatMap(([name, value]): [string, unknown][] => {
    const nested = typeof value === 'object' && value !== null && !Array.isArray(value);
    return nested ? Object.entries(flatten(value as Record<string, unknown>, `${prefix}${name}.`)) : [[`${prefix}${name}`, value]];
  });
  return Object.fromEntries(entries);
}

/** Whether two values are the same as JSON. */
export function sameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** A nested setting's own name, where no other has it. */
export function shortName(name: string, all: readonly string[]): string {
  return all.filter((other) => lastPart(other) === lastPart(name)).length === 1 ? lastPart(name) : name;
}

/** A nested setting's own name. */
export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

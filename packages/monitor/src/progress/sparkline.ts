const bars = '▁▂▃▄▅▆▇█';

/**
 * Finite numbers, oldest first, as a row of at most `width` bars between the smallest and the largest. More numbers than bars are
 * averaged in equal groups; equal numbers are bars of half height.
 */
export function sparkline(values: readonly number[], width: number): string {
  const columns = Math.min(width, values.length);
  const means = Array.from({ length: columns }, (_, column) => {
    const group = values.slice(Math.floor((column * values.length) / columns), Math.floor(((column + 1) * values.length) / columns));
    return group.reduce((sum, value) => sum + value, 0) / group.length;
  });
  const low = Math.min(...means);
  const range = Math.max(...means) - low;
  return means.map((value) => bars[range > 0 ? Math.round(((value - low) / range) * (bars.length - 1)) : 3]).join('');
}

const suffixes = ['', 'k', 'M', 'G', 'T'];

/** A number with so many significant digits and a suffix for thousands: 1234567 with 3 digits is 1.23M. From 1000T on it is 1.23e15. */
export function compactNumber(value: number, digits: number): string {
  const rounded = Number(value.toPrecision(digits));
  if (Math.abs(rounded) >= 1e15) return rounded.toExponential().replace('+', '');
  let scaled = rounded;
  let power = 0;
  while (Math.abs(scaled) >= 1000) {
    scaled /= 1000;
    power++;
  }
  return `${Number(scaled.toPrecision(digits))}${suffixes[power]}`;
}

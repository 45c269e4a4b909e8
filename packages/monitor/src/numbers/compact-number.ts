const suffixes = ['', 'k', 'M', 'G', 'T'];

/** A number with so many significant digits and a suffix for thousands: 1234567 with 3 digits is 1.23M. */
export function compactNumber(value: number, digits: number): string {
  let scaled = Number(value.toPrecision(digits));
  let power = 0;
  while (Math.abs(scaled) >= 1000 && power < suffixes.length - 1) {
    scaled /= 1000;
    power++;
  }
  return `${Number(scaled.toPrecision(digits))}${suffixes[power]}`;
}

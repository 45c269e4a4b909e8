import { shapeSize } from './space.js';

/** Whether a value is a space, as `box` and `discrete` make them; for JavaScript callers. */
export function isSpace(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  const { kind, size, shape, dtype, low, high } = value as Readonly<Record<string, unknown>>;
  if (kind === 'discrete') return Number.isInteger(size) && (size as number) > 0;
  if (kind !== 'box' || !Array.isArray(shape) || (dtype !== 'float32' && dtype !== 'uint8')) return false;
  return [low, high].every((bounds) => ArrayBuffer.isView(bounds) && (bounds as Float32Array).length === shapeSize(shape));
}

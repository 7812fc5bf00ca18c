import { metricText } from '../../../lib/words.ts';

/** A value as a table shows it; empty for none. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return metricText(value);
  return JSON.stringify(value);
}

const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
] as const;

/** `2 h 5 min`, `12 s`: the two largest units. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const at = UNITS.findIndex(([, size]) => whole >= size);
  const [unit, size] = UNITS[at] ?? ['s', 1];
  const [smaller, part] = (at === -1 ? undefined : UNITS[at + 1]) ?? ['s', 1];
  const first = Math.floor(whole / size);
  const rest = Math.floor((whole - first * size) / part);
  return at === -1 || rest === 0 ? `${first} ${unit}` : `${first} ${unit} ${rest} ${smaller}`;
}

const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const;

/** A time in its two largest units: `2 h 5 min`. */
export function durationText(seconds: number): string {
  const rounded = Math.max(0, Math.round(seconds));
  const first = UNITS.findIndex(([, size]) => rounded >= size);
  if (first < 0) return '0 s';
  let left = rounded;
  const parts = UNITS.slice(first, first + 2).flatMap(([unit, size]) => {
    const amount = Math.floor(left / size);
    left -= amount * size;
    return amount === 0 ? [] : [`${amount} ${unit}`];
  });
  return parts.join(' ');
}

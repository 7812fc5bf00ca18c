/**
 * JSON with the bare tokens `NaN`, `Infinity` and `-Infinity`, as the client writes history lines (protocol, 0.6).
 */
export function looseJson(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return `[${value.map(looseJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${looseJson(member)}`);
  return `{${members.join(',')}}`;
}

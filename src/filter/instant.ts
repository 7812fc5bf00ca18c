const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)\s*(Z|z|[+-]\d{2}(?::?\d{2})?)?)?$/;

/**
 * Reads an ISO 8601 text as milliseconds since 1970 (fractions kept to the millisecond); a text without a
 * zone is UTC. `undefined` when it is no instant.
 */
export function parseIso(text: string): number | undefined {
  const [, date, time = '00:00', zone = 'Z'] = ISO.exec(text.trim()) ?? [];
  if (date === undefined) return undefined;
  const clock = time.replace(',', '.').replace(/(\.\d{3})\d+$/, '$1');
  const instant = Date.parse(`${date}T${clock}${fullZone(zone)}`);
  return Number.isNaN(instant) ? undefined : instant;
}

function fullZone(zone: string): string {
  if (zone === 'Z' || zone === 'z') return 'Z';
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  return `${zone[0]}${digits.slice(0, 2)}:${digits.slice(2)}`;
}

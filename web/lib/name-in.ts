/** A check whether something is one of the names in a table, and not what every object has. */
export function nameIn<Name extends string>(table: Readonly<Record<Name, unknown>>) {
  return (value: unknown): value is Name => typeof value === 'string' && Object.hasOwn(table, value);
}

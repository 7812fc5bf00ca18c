/** `1 run`, `3 runs`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
}

const DIGITS = 4;

/** A metric as a table shows it: four digits, so that digits stand below digits. */
export function metricText(value: number | string | boolean): string {
  if (typeof value !== 'number') return String(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return value.toLocaleString('en');
  const size = Math.abs(value);
  return size >= 10 ** DIGITS || size < 1e-3 ? value.toExponential(2) : value.toPrecision(DIGITS);
}

/** Each of some values with its words. */
export function wordsBy<Value extends string>(values: readonly Value[], words: (value: Value) => string) {
  return Object.fromEntries(values.map((value) => [value, words(value)])) as Readonly<Record<Value, string>>;
}

/** What the server says in words, as a sentence of its own. */
export function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

const BLOCKS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const MIDDLE = '▄';
const NOT_A_NUMBER = '×';

/** Values as a row of block characters, lowest to highest; `undefined` when there is nothing to compare. */
export function blockChart(values: readonly number[]): string | undefined {
  const finite = values.filter(Number.isFinite);
  if (finite.length < 2) return undefined;
  const least = Math.min(...finite);
  const greatest = Math.max(...finite);
  return values.map((value) => (Number.isFinite(value) ? blockOf(value, least, greatest) : NOT_A_NUMBER)).join('');
}

function blockOf(value: number, least: number, greatest: number): string {
  // halved first: the distance of two finite numbers need not be one
  const height = (value / 2 - least / 2) / (greatest / 2 - least / 2);
  return BLOCKS[Math.round(height * (BLOCKS.length - 1))] ?? MIDDLE;
}

/** Versions in the order of their numbers, with those that follow one another told together: `v1, v3 to v7`. */
export function versionRanges(versions: readonly string[]): string {
  const numbers = versions.map((version) => Number(version.slice(1))).toSorted((one, other) => one - other);
  const ranges: [from: number, to: number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last !== undefined && number === last[1] + 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.flatMap(([from, to]) => wordsOf(from, to)).join(', ');
}

function wordsOf(from: number, to: number): string[] {
  if (from === to) return [`v${from}`];
  return to === from + 1 ? [`v${from}`, `v${to}`] : [`v${from} to v${to}`];
}

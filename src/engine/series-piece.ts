/** Consecutive numbers of one series, with the lines that they stand in. */
export interface SeriesPiece {
  /** Our number of the line from which {@link lines} count. */
  readonly firstLine: number;
  /** Of each number; ascending, the same again where a line holds the metric twice. */
  readonly lines: Uint16Array | Uint32Array;
  /** NaN may be among them: it is no observation. */
  readonly values: Float64Array;
}

/** What of a piece stands before a line, and what from there on. */
export function splitPiece({ firstLine, lines, values }: SeriesPiece, line: number): [SeriesPiece, SeriesPiece] {
  let at = 0;
  if (firstLine < line) while (at < lines.length && firstLine + (lines[at] as number) < line) at += 1;
  return [
    { firstLine, lines: lines.subarray(0, at), values: values.subarray(0, at) },
    { firstLine, lines: lines.subarray(at), values: values.subarray(at) },
  ];
}

/** A piece in parts of at most so many numbers. */
export function* partsOf({ firstLine, lines, values }: SeriesPiece, size: number): Generator<SeriesPiece> {
  for (let at = 0; at < values.length; at += size) {
    yield { firstLine, lines: lines.subarray(at, at + size), values: values.subarray(at, at + size) };
  }
}

/** How many observations there are. */
export function observedIn(pieces: readonly SeriesPiece[]): number {
  let observed = 0;
  for (const { values } of pieces) for (const value of values) if (!Number.isNaN(value)) observed += 1;
  return observed;
}

/** The last observations, oldest first, at most so many. */
export function lastValues(pieces: readonly SeriesPiece[], most: number): number[] {
  const newestFirst: number[] = [];
  for (const { values } of pieces.toReversed()) {
    for (let at = values.length - 1; at >= 0 && newestFirst.length < most; at -= 1) {
      if (!Number.isNaN(values[at])) newestFirst.push(values[at] as number);
    }
  }
  return newestFirst.reverse();
}

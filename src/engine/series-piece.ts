/** Consecutive numbers of one series, with the lines that they stand in. */
export interface SeriesPiece {
  /** Our number of the line from which {@link lines} count. */
  readonly firstLine: number;
  /** Of each number; ascending, the same again where a line holds the metric twice. */
  readonly lines: Uint16Array | Uint32Array;
  /** NaN may be among them: it is no observation. */
  readonly values: Float64Array;
}

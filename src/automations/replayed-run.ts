import type { SeriesPiece } from '../engine/series-piece.ts';
import type { Replayed, SeriesReplay } from '../engine/series-replay.ts';
import type { Instant } from '../model/clock.ts';
import type { Queryable } from '../store/database.ts';
import { type Arrival, firstLineSince, type StreamKey } from '../store/line-times.ts';
import type { LineRange } from '../store/own-lines.ts';

/** A run was rewound, or deleted, while it was replayed. */
export class LineGone extends Error {
  override readonly name = 'LineGone';
}

/** The lines of a run that are replayed, and how one asks when they arrived. */
export interface ReplayedLines extends LineRange {
  readonly arrivalOf: (line: number) => Promise<Arrival | undefined>;
  /** Of the last line, where it is known. */
  readonly lastArrival: Instant | undefined;
}

/** Answers the candidates of a replay with the instants when their lines arrived. */
export class ReplayedRun {
  readonly #database: Queryable;
  readonly #key: StreamKey;
  readonly #replay: SeriesReplay;
  readonly #lines: ReplayedLines;
  /** The last one that was asked for: candidates often arrived together. */
  #arrival: Arrival | undefined;

  constructor(database: Queryable, key: StreamKey, replay: SeriesReplay, lines: ReplayedLines) {
    this.#database = database;
    this.#key = key;
    this.#replay = replay;
    this.#lines = lines;
  }

  /** @returns those that fire @throws LineGone */
  async fold(piece: SeriesPiece): Promise<readonly Replayed[]> {
    const fold = this.#replay.fold(piece);
    let step = fold.next(Number.NaN);
    while (!step.done) step = fold.next(await this.#arrivedAt(step.value.line));
    return step.value;
  }

  async #arrivedAt(line: number): Promise<Instant> {
    const at = (await this.#arrivalOf(line))?.receivedAt;
    if (at === undefined) throw new LineGone();
    const end = this.#replay.restsUntil(at);
    if (end !== undefined) this.#replay.sleepUntil(await this.#firstLineSince(end, line));
    return at;
  }

  async #firstLineSince(instant: Instant, from: number): Promise<number> {
    const { beforeLine: lineCount, lastArrival = Number.POSITIVE_INFINITY } = this.#lines;
    return instant === Number.POSITIVE_INFINITY || instant > lastArrival
      ? lineCount
      : firstLineSince(this.#database, this.#key, instant, { from, lineCount });
  }

  async #arrivalOf(line: number): Promise<Arrival | undefined> {
    const known = this.#arrival;
    if (known !== undefined && line >= known.firstLine && line < known.firstLine + known.lines) return known;
    this.#arrival = await this.#lines.arrivalOf(line);
    return this.#arrival;
  }
}

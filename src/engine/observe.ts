import type { JsonObject } from '../model/json.ts';
import { observations } from './observations.ts';
import type { RunPlan, Watch } from './run-plan.ts';
import type { Stream } from './series-names.ts';

/** One stored line. */
export interface Line {
  readonly values: JsonObject;
  readonly step: number | null;
  /** Seconds since 1970 by the client's clock. */
  readonly timestamp: number | null;
}

/** The watched values of one line. */
export interface ObservedRow extends Pick<Line, 'step' | 'timestamp'> {
  /** Our number of the line in its stream. */
  readonly line: number;
  /** For each value, the place of its series among the {@link Observed.watches}. */
  readonly series: readonly number[];
  readonly values: readonly number[];
}

/**
 * What lines say of watched series, and who watches these at the moment of looking: an edit that comes between
 * looking and judging makes no difference to them.
 */
export class Observed {
  /** Of the rulebook. */
  readonly edition: number;
  /** Each series that occurs, once, and those that decide who judges another one. */
  readonly watches: Watch[] = [];
  /** Only lines in which one occurs. */
  readonly rows: ObservedRow[] = [];
  readonly #plan: RunPlan;
  readonly #occurring = new Set<string>();

  constructor(plan: RunPlan) {
    this.#plan = plan;
    this.edition = plan.edition;
  }

  /** Whether the lines hold a value of a watched series. */
  has(series: string): boolean {
    return this.#occurring.has(series);
  }

  /** Looks at lines of one stream, in order; before anything is waited for. @param firstLine our number of the first */
  add(stream: Stream, firstLine: number, lines: readonly Line[]): void {
    const places = new Map<string, number>();
    let series: number[] = [];
    let values: number[] = [];
    const each = (name: string, value: number): void => {
      const place = places.get(name) ?? this.#placeOf(stream, name, places);
      if (place === UNWATCHED) return;
      series.push(place);
      values.push(value);
    };
    lines.forEach((line, index) => {
      observations(line.values, each);
      if (series.length === 0) return;
      this.rows.push({ line: firstLine + index, step: line.step, timestamp: line.timestamp, series, values });
      series = [];
      values = [];
    });
  }

  #placeOf(stream: Stream, name: string, places: Map<string, number>): number {
    const watch = this.#plan.watch(stream, name);
    const place = watch === undefined ? UNWATCHED : this.#place(watch);
    places.set(name, place);
    if (watch !== undefined) this.#occurring.add(watch.series);
    if (watch?.bare !== undefined) this.#place(watch.bare);
    return place;
  }

  #place(watch: Watch): number {
    const known = this.watches.indexOf(watch);
    return known === -1 ? this.watches.push(watch) - 1 : known;
  }
}

const UNWATCHED = -1;

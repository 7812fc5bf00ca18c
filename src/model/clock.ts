/** An instant: milliseconds since 1970, UTC, by the database's clock. */
export type Instant = number;

/** The one clock of the program (design, "One clock"). */
export interface Clock {
  now(): Instant;
}

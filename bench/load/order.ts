import type { Rate } from '../rate.ts';

/** A load that the generator's process is told to make. */
export interface Order {
  readonly port: number;
  /** Value of the `Authorization` header. */
  readonly authorization: string;
  /** Paths of the runs that log at the same time, each with one request on the wire at most, as real clients have. */
  readonly paths: readonly string[];
  readonly seconds: number;
  /** Requests a second that begin whether or not earlier ones are answered; absent: each run as fast as it can. */
  readonly perSecond?: number;
}

export interface LoadReport extends Rate {
  /** Requests that were answered 200. */
  readonly requests: number;
  /** Requests that were answered 429 and sent again. */
  readonly refused: number;
  /** CPU time of the generator, of one core. */
  readonly share: number;
}

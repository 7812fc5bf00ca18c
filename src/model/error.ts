/** Every refusal a caller can meet, with the HTTP status it is answered with. */
export const REFUSALS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  too_large: 413,
  overloaded: 429,
  unavailable: 503,
} as const;

export type RefusalCode = keyof typeof REFUSALS;

/**
 * A refusal that is meant for the caller: its message says what was wrong, where, and what to do, and never
 * holds a secret. Anything else that is thrown is a fault of ours: logged in full, answered without detail.
 */
export class TriplineError extends Error {
  override readonly name = 'TriplineError';
  readonly code: RefusalCode;
  /** Where in the request the fault lies, for instance `filter.$and[0].alias`. */
  readonly path: string | undefined;
  /** Seconds after which the caller may come again (with `overloaded` and `unavailable`). */
  readonly retryAfter: number | undefined;

  constructor(
    code: RefusalCode,
    message: string,
    details: { path?: string; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.code = code;
    this.path = details.path;
    this.retryAfter = details.retryAfter;
  }

  get status(): number {
    return REFUSALS[this.code];
  }
}

export const invalid = (message: string, path?: string): TriplineError =>
  new TriplineError('invalid', message, path === undefined ? {} : { path });
export const notFound = (message: string): TriplineError => new TriplineError('not_found', message);
export const forbidden = (message: string): TriplineError => new TriplineError('forbidden', message);
export const conflict = (message: string, path?: string): TriplineError =>
  new TriplineError('conflict', message, path === undefined ? {} : { path });

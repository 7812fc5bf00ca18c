import pg from 'pg';
import { invalid, TriplineError } from '../model/error.ts';

/** The SQLSTATE of a database error; `undefined` for any other error. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

/** Whether a statement failed because a row with that key exists. */
export function isUniqueViolation(error: unknown): boolean {
  return sqlState(error) === '23505';
}

/**
 * Class 22: the database has no room or form for a value. All values come from requests, so it is theirs to mend. A
 * database that is away is nobody's fault: what was asked may be asked again.
 */
export function refuse(error: unknown): never {
  if (sqlState(error)?.startsWith('22') === true)
    throw invalid(`a value cannot be stored: ${(error as Error).message}`);
  if (isAway(error)) throw unavailable('the database cannot be reached', error);
  throw error;
}

/** Connection failures, shutting down, starting up, too many connections. */
const AWAY_STATES = /^(08|53|57P)/;
const AWAY_SOCKETS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
]);
/** The driver's own words, for which it has no codes: of a connection that broke, and of statements sent after that. */
const AWAY_WORDS =
  /^Connection terminated|^Client (has encountered a connection error|was closed)|timeout exceeded when trying to connect/;

function isAway(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined) return AWAY_STATES.test(state);
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  // a name with several addresses fails with the errors of all
  const isSocket = 'syscall' in error || error instanceof AggregateError;
  return (isSocket && AWAY_SOCKETS.has(code)) || AWAY_WORDS.test(error.message);
}

/** A refusal that passes by itself. */
export function unavailable(reason: string, cause?: unknown): TriplineError {
  return new TriplineError('unavailable', `${reason}; try again`, { retryAfter: 1, cause });
}

import { sqlState } from '../../../store/database.ts';

/** Connection failures, shutting down, starting up, too many connections. */
const TRANSIENT_STATES = /^(08|53|57P)/;
/** The driver's own words, for which it has no codes: of a connection that broke, and of statements sent after that. */
const TRANSIENT_WORDS =
  /^Connection terminated|^Client (has encountered a connection error|was closed)|timeout exceeded when trying to connect/;
const TRANSIENT_SOCKETS = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT']);

/** Whether an error only says that the database is away for the moment. */
export function isUnreachable(error: Error): boolean {
  const state = sqlState(error);
  if (state !== undefined) return TRANSIENT_STATES.test(state);
  const code = 'code' in error ? error.code : undefined;
  return (
    (typeof code === 'string' && 'syscall' in error && TRANSIENT_SOCKETS.has(code)) ||
    TRANSIENT_WORDS.test(error.message)
  );
}

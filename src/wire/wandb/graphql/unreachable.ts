import { sqlState } from '../../../store/database.ts';

/** Connection failures, shutting down, starting up, too many connections. */
const TRANSIENT_STATES = /^(08|53|57P)/;
const TRANSIENT_SOCKETS = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT']);

/** Whether an error only says that the database is away for the moment. */
export function isUnreachable(error: Error): boolean {
  const state = sqlState(error);
  if (state !== undefined) return TRANSIENT_STATES.test(state);
  const code = 'code' in error ? error.code : undefined;
  return (
    (typeof code === 'string' && 'syscall' in error && TRANSIENT_SOCKETS.has(code)) ||
    /^Connection terminated|timeout exceeded when trying to connect/.test(error.message)
  );
}

import { type Logger, pino } from 'pino';
import type { Settings } from './settings/schema.ts';

/** Logs go to standard error, one JSON line each; standard output is for people. */
export function createLogger(level: Settings['logLevel']): Logger {
  return pino({ level, base: undefined }, pino.destination({ dest: 2, sync: true }));
}

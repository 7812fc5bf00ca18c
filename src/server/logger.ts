import type { FastifyBaseLogger } from 'fastify';
import { pino } from 'pino';
import type { Settings } from './settings/schema.ts';

/** Logs go to standard error, one JSON line each; standard output is for people. */
export function createLogger(level: Settings['logLevel']): FastifyBaseLogger {
  return pino({ level, base: null }, pino.destination({ dest: 2, sync: true }));
}

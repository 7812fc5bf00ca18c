import { type DestinationStream, type Logger, pino } from 'pino';
import type { Settings } from './settings/schema.ts';

/** Keys whose values are never written, wherever they stand at the first two levels of what is logged. */
const SECRETS = ['authorization', 'cookie', 'apiKey', 'password', 'secret', 'token'];

/**
 * The log of the process, one JSON line each; secrets and query strings stay out of it.
 *
 * @param destination standard error when absent: standard output is for people
 */
export function createLogger(level: Settings['logLevel'], destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRETS.flatMap(placesOf), censor: '[redacted]' },
    serializers: { err: pino.stdSerializers.err, req: describeRequest },
  };
  return pino(options, destination ?? pino.destination({ dest: 2, sync: true }));
}

function placesOf(key: string): string[] {
  return [key, `*.${key}`, `*.*.${key}`];
}

/** What the HTTP library may log of a request by itself: query strings hold signatures. */
function describeRequest({ method, url }: { method: string; url: string }): object {
  return { method, path: url.split('?', 1)[0] };
}

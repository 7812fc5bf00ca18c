import { type DestinationStream, type Logger, pino } from 'pino';

/** Keys whose values are never written, wherever they stand at the first two levels of what is logged. */
const SECRETS = ['authorization', 'cookie', 'apiKey', 'password', 'secret', 'token', 'x-amz-security-token'];

/**
 * The log of the process: JSON lines.
 *
 * @param level fatal, error, warn, info, debug or trace
 * @param destination standard error when absent: standard output is for people
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    redact: { paths: SECRETS.flatMap(everyPlaceOf), censor: '[redacted]' },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: pino.stdSerializers.err, req: describeRequest },
  };
  return pino(options, destination ?? pino.destination({ dest: 2, sync: true }));
}

function everyPlaceOf(key: string): string[] {
  const step = `["${key}"]`;
  return [step, `*${step}`, `*.headers${step}`];
}

/** What the HTTP library may log of a request by itself: query strings hold signatures. */
function describeRequest({ method, url }: { method: string; url: string }): object {
  return { method, path: url.split('?', 1)[0] };
}

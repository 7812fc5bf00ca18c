import type { TriplineError } from '../model/error.ts';

/** What every refusal of every protocol is answered with. */
export interface ErrorsBody {
  readonly errors: readonly ErrorItem[];
}

export interface ErrorItem {
  readonly message: string;
  /** Stable, for programs. */
  readonly code: string;
  /** Where in the request the fault lies. */
  readonly path?: string;
  /** Under which a fault of ours is found in the log. */
  readonly requestId?: string;
}

/** `WWW-Authenticate` of every 401. */
export const CHALLENGE = 'Basic realm="Tripline", charset="UTF-8"';

/** The body that tells a refusal. */
export function errorsOf(error: TriplineError): ErrorsBody {
  const { message, code, path } = error;
  return { errors: [path === undefined ? { message, code } : { message, code, path }] };
}

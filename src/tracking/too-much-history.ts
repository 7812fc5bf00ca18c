import { TriplineError } from '../model/error.ts';

const RETRY_AFTER_SECONDS = 2;

/** What a client is told whose history has no room now; it waits, and sends the same request again. */
export function tooMuchHistory(): TriplineError {
  return new TriplineError('overloaded', 'more history is arriving than can be stored; send it again', {
    retryAfter: RETRY_AFTER_SECONDS,
  });
}

import type { Instant } from '../model/clock.ts';
import { TriplineError } from '../model/error.ts';
import type { IntegrationId } from '../model/ids.ts';

const MOST = 10;
const MINUTE_MS = 60_000;

/** When integrations were tested in this process: 10 times a minute at most (automations, section 4.5). */
export class RecentTests {
  readonly #at = new Map<IntegrationId, readonly Instant[]>();

  /** Notes a test that is about to be made. @throws TriplineError overloaded when there were too many */
  note(id: IntegrationId, now: Instant): void {
    for (const [known, at] of this.#at) if (at.every((each) => each <= now - MINUTE_MS)) this.#at.delete(known);
    const recent = (this.#at.get(id) ?? []).filter((at) => at > now - MINUTE_MS);
    const [oldest = now] = recent;
    if (recent.length >= MOST) {
      const retryAfter = Math.ceil((oldest + MINUTE_MS - now) / 1000);
      throw new TriplineError('overloaded', `an integration can be tested ${MOST} times a minute`, { retryAfter });
    }
    this.#at.set(id, [...recent, now]);
  }
}

import type { Verdict } from '../actions/judge-http.ts';
import type { Instant } from '../model/clock.ts';
import type { Answer } from '../model/exchange.ts';
import type { IntegrationTrouble } from './judge-integrations.ts';
import type { Outcome } from './outcome.ts';

/** A request that was sent and judged; its outcome is not recorded yet. */
export interface SentRequest {
  readonly answer: Answer;
  readonly verdict: Verdict;
  readonly startedAt: Instant;
  readonly outcome: Outcome;
}

/** Told of what a delivery loop has done, for whoever counts it. */
export interface DeliveryWatch {
  sent(request: SentRequest): void;
  /** Outcomes that are committed. */
  recorded(outcomes: readonly Outcome[]): void;
  /** An integration gets nothing from now on. */
  troubled(trouble: IntegrationTrouble): void;
}

/** What a delivery loop has in hand. */
export interface DeliveryState {
  /** Requests on their way. */
  readonly inFlight: number;
  /** Claimed deliveries whose outcome is not recorded. */
  readonly unsettled: number;
  /** Destinations that this process holds. */
  readonly leases: number;
  /** Milliseconds since the queue was last read. */
  readonly sinceLook: number;
}

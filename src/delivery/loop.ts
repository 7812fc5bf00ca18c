import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '../model/clock.ts';
import { executionId } from '../model/execution-id.ts';
import { busyDestinations, type ClaimedDelivery, claimDeliveries } from '../store/deliveries.ts';
import { Alarm } from './alarm.ts';
import { deliver } from './deliver.ts';
import { type Held, Leases } from './leases.ts';
import { DEFAULT_LIMITS, type PressureLimits } from './pressure.ts';
import type { DeliveryRoom } from './room.ts';

export interface DeliveryOptions {
  /** Names this process; default a random UUID. */
  readonly owner?: string;
  /** What one destination is sent at most; default 10 in flight, 20 a second. */
  readonly limits?: PressureLimits;
  /** Requests in flight in this process; default 500. */
  readonly inFlight?: number;
  /** How often the queue is looked at without being woken; default 1,000. */
  readonly pollMs?: number;
}

export interface DeliveryLoop {
  /** Looks at the queue now: call it after a commit that made deliveries. */
  wake(): void;
  /**
   * Claims nothing more, waits for what is on the wire, gives up what takes longer, and hands everything back.
   *
   * @param withinMs how long to wait; default 10,000
   */
  stop(withinMs?: number): Promise<void>;
}

/** Several wakes within this time are answered by one look at the queue. */
const GAP_MS = 20;
const LONGEST_BACKOFF_MS = 30_000;

/** Starts to deliver what is due. Polling is the truth: a wake only makes it sooner (design). */
export function startDelivery(room: DeliveryRoom, options: DeliveryOptions = {}): DeliveryLoop {
  return new Loop(room, options);
}

class Loop implements DeliveryLoop {
  readonly #room: DeliveryRoom;
  readonly #owner: string;
  readonly #leases: Leases;
  readonly #most: number;
  readonly #pollMs: number;
  readonly #alarm = new Alarm();
  readonly #running = new Map<Promise<void>, AbortController>();
  readonly #ended: Promise<void>;
  #stopping = false;
  #failures = 0;

  constructor(room: DeliveryRoom, options: DeliveryOptions) {
    this.#room = room;
    this.#owner = options.owner ?? randomUUID();
    this.#leases = new Leases(room.ground.database, this.#owner, options.limits ?? DEFAULT_LIMITS);
    this.#most = options.inFlight ?? 500;
    this.#pollMs = options.pollMs ?? 1000;
    this.#ended = this.#run();
  }

  wake(): void {
    this.#alarm.ring();
  }

  async stop(withinMs = 10_000): Promise<void> {
    this.#stopping = true;
    this.#alarm.ring();
    await this.#ended;
    const patience = new Alarm();
    const settled = Promise.all(this.#running.keys()).then(() => patience.ring());
    await patience.wait(withinMs);
    for (const request of this.#running.values()) request.abort();
    await settled;
    try {
      await this.#leases.release();
    } catch (error) {
      this.#room.log.warn(
        { err: error },
        'destinations could not be handed back: they are taken when their leases end',
      );
    }
  }

  async #run(): Promise<void> {
    let last = Number.NEGATIVE_INFINITY;
    while (!this.#stopping) {
      const tooSoon = GAP_MS - (performance.now() - last);
      if (tooSoon > 0) await sleep(tooSoon);
      last = performance.now();
      const wait = await this.#sweepSafely();
      if (!this.#stopping) await this.#alarm.wait(wait);
    }
  }

  /** Looks at the queue; a failing database is met with patience. Answers how long to wait for the next look. */
  async #sweepSafely(): Promise<number> {
    try {
      await this.#sweep();
      this.#failures = 0;
      return this.#pollMs;
    } catch (error) {
      this.#failures += 1;
      const retryInMs = Math.min(LONGEST_BACKOFF_MS, this.#pollMs * 2 ** this.#failures);
      this.#room.log.error({ err: error, retryInMs }, 'the delivery queue could not be read');
      return retryInMs;
    }
  }

  async #sweep(): Promise<void> {
    const { database, clock } = this.#room.ground;
    const now = clock.now();
    const busy = new Set(await busyDestinations(database, now));
    await this.#leases.renew(now, busy);
    await this.#leases.take(now, busy);
    const requests = this.#leases.requests(now, busy, this.#most - this.#running.size);
    if (requests.length === 0 || this.#stopping) return;
    const claimed = await claimDeliveries(database, this.#owner, requests, now);
    for (const { destinationId, free } of requests) {
      const mine = claimed.filter((delivery) => delivery.destinationId === destinationId);
      const held = this.#leases.holderOf(destinationId);
      if (held === undefined) continue;
      held.hasMore = mine.length === free;
      for (const delivery of mine) this.#start(delivery, held, now);
    }
  }

  #start(claimed: ClaimedDelivery, held: Held, now: Instant): void {
    const request = new AbortController();
    held.pressure.started(now);
    const running = this.#deliver(claimed, held, request.signal).finally(() => {
      this.#running.delete(running);
      if (held.hasMore) this.#alarm.ring();
    });
    this.#running.set(running, request);
  }

  async #deliver(claimed: ClaimedDelivery, held: Held, signal: AbortSignal): Promise<void> {
    try {
      const delivered = await deliver(this.#room, claimed, signal);
      held.pressure.ended(delivered.kind === 'sent' ? delivered : undefined);
      held.doubtful ||= delivered.kind === 'unknown';
    } catch (error) {
      held.pressure.ended();
      held.doubtful = true;
      this.#room.log.error(
        { err: error, execution: executionId(claimed) },
        'a delivery has no outcome; it is repeated',
      );
    }
  }
}

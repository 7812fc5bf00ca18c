import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { Instant } from '../model/clock.ts';
import { executionId } from '../model/execution-id.ts';
import type { IntegrationId } from '../model/ids.ts';
import { type ClaimedDelivery, claimDeliveries, type DueQueue, dueQueues } from '../store/deliveries.ts';
import { Gathered } from '../store/gathered.ts';
import { Alarm } from './alarm.ts';
import { type Attempted, attempt } from './attempt.ts';
import { type Held, Leases } from './leases.ts';
import { logOutcome, logTrouble } from './log-outcome.ts';
import type { Outcome } from './outcome.ts';
import { persist } from './persist.ts';
import { prepareDeliveries } from './prepare-deliveries.ts';
import { DEFAULT_LIMITS, type PressureLimits } from './pressure.ts';
import { type Recorded, recordOutcomes } from './record-outcomes.ts';
import type { Prepared } from './render-delivery.ts';
import type { DeliveryRoom } from './room.ts';
import type { DeliveryState, DeliveryWatch } from './watch.ts';

export interface DeliveryOptions {
  /** Names this process; default a random UUID. */
  readonly owner?: string;
  /** What one destination is sent at most; default 10 in flight, 20 a second. */
  readonly limits?: PressureLimits;
  /** Requests in flight in this process; default 500. */
  readonly inFlight?: number;
  /** How often the whole queue is looked at; default 1,000. */
  readonly pollMs?: number;
  /** Absent when nobody counts. */
  readonly watch?: DeliveryWatch;
}

export interface DeliveryLoop {
  /**
   * Looks at these destinations now, or at the whole queue: call it after a commit that made deliveries.
   */
  wake(destinationIds?: readonly IntegrationId[]): void;
  /** Whether this process delivers to it at the moment; if not, another one may. */
  holds(destinationId: IntegrationId): boolean;
  state(): DeliveryState;
  /**
   * Claims nothing more, waits for what is on the wire, gives up what takes longer, and hands everything back.
   *
   * @param withinMs how long to wait; default 10,000
   */
  stop(withinMs?: number): Promise<void>;
}

/** Far less than a lease lasts: when the database is back, what is held must be prolonged before others take it. */
const LONGEST_BACKOFF_MS = 2_000;

/** A full process claims again when this part of its requests has been answered: few at a time would cost more. */
const WORTHWHILE = 4;

/** Deliveries that are not settled, as a multiple of the requests that may be on their way. */
const BACKLOG = 2;

/** Outcomes that one transaction records at most. */
const MOST_OUTCOMES = 250;

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
  readonly #watch: DeliveryWatch | undefined;
  readonly #alarm = new Alarm();
  /** Destinations that may have something due, by what was heard since the last look. */
  readonly #woken = new Set<IntegrationId>();
  /** Destinations that had more due than they could be sent: each end may make room for them. */
  readonly #hungry = new Set<IntegrationId>();
  /** Claimed and not settled: sent, or waiting for their outcomes to be recorded. */
  readonly #running = new Set<Promise<void>>();
  readonly #outcomes: Gathered<Outcome, undefined>;
  /** Aborted when neither answers nor outcomes are waited for any longer. */
  readonly #givenUp = new AbortController();
  readonly #ended: Promise<void>;
  /** Requests that have no answer yet. */
  #unanswered = 0;
  #polledAt = Number.NEGATIVE_INFINITY;
  /** When the queue was last read without a failure. */
  #readAt = performance.now();
  #stopping = false;
  #failures = 0;

  constructor(room: DeliveryRoom, options: DeliveryOptions) {
    const { database } = room.ground;
    this.#room = room;
    this.#owner = options.owner ?? randomUUID();
    this.#leases = new Leases(database, this.#owner, options.limits ?? DEFAULT_LIMITS);
    this.#most = options.inFlight ?? 500;
    // every request on its way listens
    setMaxListeners(0, this.#givenUp.signal);
    this.#pollMs = options.pollMs ?? 1000;
    this.#watch = options.watch;
    this.#outcomes = new Gathered(MOST_OUTCOMES, async (outcomes) => {
      this.#tell(
        await persist(
          () => recordOutcomes(room, outcomes, (id) => this.#leases.holderOf(id)?.last),
          this.#givenUp.signal,
        ),
      );
      return outcomes.map(() => undefined);
    });
    this.#ended = this.#run();
  }

  wake(destinationIds?: readonly IntegrationId[]): void {
    if (destinationIds === undefined) this.#polledAt = Number.NEGATIVE_INFINITY;
    for (const id of destinationIds ?? []) this.#woken.add(id);
    this.#alarm.ring();
  }

  holds(destinationId: IntegrationId): boolean {
    return this.#leases.holderOf(destinationId) !== undefined;
  }

  state(): DeliveryState {
    return {
      inFlight: this.#unanswered,
      unsettled: this.#running.size,
      leases: this.#leases.count,
      sinceLook: performance.now() - this.#readAt,
    };
  }

  async stop(withinMs = 10_000): Promise<void> {
    this.#stopping = true;
    this.#alarm.ring();
    await this.#ended;
    const patience = new Alarm();
    const settled = Promise.all(this.#running).then(() => patience.ring());
    await patience.wait(withinMs);
    this.#givenUp.abort();
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
    while (!this.#stopping) {
      const wait = await this.#lookSafely();
      if (!this.#stopping) await this.#alarm.wait(wait);
    }
  }

  /** Looks at the queue; a failing database is met with patience. Answers how long to wait for the next look. */
  async #lookSafely(): Promise<number> {
    try {
      await this.#look();
      this.#failures = 0;
      this.#readAt = performance.now();
      return Math.max(0, this.#polledAt + this.#pollMs - performance.now());
    } catch (error) {
      this.#failures += 1;
      this.#polledAt = Number.NEGATIVE_INFINITY;
      const retryInMs = Math.min(LONGEST_BACKOFF_MS, this.#pollMs * 2 ** this.#failures);
      this.#room.log.error({ err: error, retryInMs }, 'the delivery queue could not be read');
      return retryInMs;
    }
  }

  /** Looks at the whole queue when it is time, else at what was heard of and at what had more. */
  async #look(): Promise<void> {
    const { database, clock } = this.#room.ground;
    const now = clock.now();
    const isPoll = performance.now() - this.#polledAt >= this.#pollMs;
    const wanted = this.#wanted(now);
    if (!isPoll && wanted.length === 0) return;
    if (isPoll) this.#polledAt = performance.now();
    const queues = isPoll ? await dueQueues(database, now) : await this.#queuesOf(wanted, now);
    const busy = new Set(queues.map(({ destinationId }) => destinationId));
    if (isPoll) await this.#leases.renew(now, busy);
    await this.#leases.take(now, busy);
    this.#leases.learn(queues);
    const requests = this.#leases.requests(now, queues, this.#free);
    const claimed =
      requests.length === 0 || this.#stopping ? [] : await claimDeliveries(database, this.#owner, requests, now);
    const found = countBy(claimed);
    const granted = countBy(requests);
    for (const id of busy) {
      const isHeld = this.#leases.holderOf(id) !== undefined;
      if (isHeld && (found.get(id) ?? 0) >= (granted.get(id) ?? 0)) this.#hungry.add(id);
    }
    if (claimed.length > 0) this.#start(claimed, now);
  }

  /** What may be due at these destinations; looks only for what is not known already. */
  async #queuesOf(destinationIds: readonly IntegrationId[], now: Instant): Promise<DueQueue[]> {
    const known = destinationIds.flatMap((id) => this.#leases.soleQueueOf(id, now) ?? []);
    const unknown = destinationIds.filter((id) => this.#leases.soleQueueOf(id, now) === undefined);
    return unknown.length === 0 ? known : [...known, ...(await dueQueues(this.#room.ground.database, now, unknown))];
  }

  /** How many more deliveries may be claimed: outcomes that are not recorded yet must not pile up either. */
  get #free(): number {
    return Math.max(0, Math.min(this.#most - this.#unanswered, BACKLOG * this.#most - this.#running.size));
  }

  /** Takes what is to be looked at: hungry destinations only when there is room for many requests at once. */
  #wanted(now: Instant): IntegrationId[] {
    const hasRoom = this.#free >= this.#most / WORTHWHILE;
    const mayBeSent = (id: IntegrationId) => hasRoom && this.#leases.holderOf(id)?.pressure.hasRoom(now) !== false;
    const wanted = new Set([...this.#woken, ...[...this.#hungry].filter(mayBeSent)]);
    this.#woken.clear();
    for (const id of wanted) this.#hungry.delete(id);
    return [...wanted];
  }

  /** Prepares what was claimed together, and delivers each on its own. */
  #start(claimed: readonly ClaimedDelivery[], now: Instant): void {
    const prepared = persist(() => prepareDeliveries(this.#room, claimed), this.#givenUp.signal);
    for (const [place, delivery] of claimed.entries()) {
      const held = this.#leases.holderOf(delivery.destinationId);
      if (held === undefined) continue;
      held.pressure.started(now);
      held.unsettled += 1;
      this.#unanswered += 1;
      const own = prepared.then((all) => all[place]);
      const running = this.#deliver(delivery, held, own).finally(() => {
        this.#running.delete(running);
        held.unsettled -= 1;
        if (this.#hungry.size > 0) this.#alarm.ring();
      });
      this.#running.add(running);
    }
  }

  async #deliver(claimed: ClaimedDelivery, held: Held, prepared: Promise<Prepared | undefined>): Promise<void> {
    try {
      const attempted = await this.#attempt(claimed, held, prepared);
      if (isLeft(attempted)) this.#leases.leave(claimed.destinationId);
      if (attempted.kind === 'unknown') held.doubtful = true;
      else await this.#outcomes.ask(attempted.outcome);
    } catch (error) {
      held.doubtful = true;
      this.#room.log.error(
        { err: error, execution: executionId(claimed) },
        'a delivery has no outcome; it is repeated',
      );
    }
  }

  #tell({ outcomes, troubles, marks }: Recorded): void {
    for (const { destinationId, last } of marks) {
      const held = this.#leases.holderOf(destinationId);
      if (held !== undefined) held.last = last;
    }
    this.#watch?.recorded(outcomes);
    for (const outcome of outcomes) logOutcome(this.#room.log, outcome);
    for (const trouble of troubles) {
      this.#watch?.troubled(trouble);
      logTrouble(this.#room.log, trouble);
    }
  }

  /** Makes way for the next request as soon as there is an answer, before it is recorded. */
  async #attempt(claimed: ClaimedDelivery, held: Held, prepared: Promise<Prepared | undefined>): Promise<Attempted> {
    let attempted: Attempted = { kind: 'unknown' };
    try {
      const work = await prepared;
      if (work === undefined) throw new Error('a delivery was not prepared');
      // the preparation may have waited for a database that was away: by now another process may be sending this
      if (!this.#leases.isHolding(held, this.#room.ground.clock.now())) return attempted;
      attempted = await attempt(this.#room, claimed, work, this.#givenUp.signal);
      return attempted;
    } finally {
      this.#unanswered -= 1;
      held.pressure.ended(attempted.kind === 'sent' ? attempted : undefined);
      if (attempted.kind === 'sent') this.#watch?.sent(attempted);
      if (this.#hungry.size > 0) this.#alarm.ring();
    }
  }
}

/** Whether it could not be sent from here, and may be from elsewhere. */
function isLeft(attempted: Attempted): boolean {
  return attempted.kind === 'not_sent' && attempted.outcome.nextAt !== undefined;
}

function countBy(
  items: readonly (Pick<ClaimedDelivery, 'destinationId'> & { readonly free?: number })[],
): ReadonlyMap<IntegrationId, number> {
  const counts = new Map<IntegrationId, number>();
  for (const { destinationId, free = 1 } of items) {
    counts.set(destinationId, (counts.get(destinationId) ?? 0) + free);
  }
  return counts;
}

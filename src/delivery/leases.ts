import type { Instant } from '../model/clock.ts';
import type { IntegrationId, TenantId } from '../model/ids.ts';
import type { Database } from '../store/database.ts';
import type { ClaimRequest, DueQueue } from '../store/deliveries.ts';
import type { LastDelivery } from '../store/destination-marks.ts';
import { releaseDestinations, renewDestinations, takeDestinations } from '../store/destinations.ts';
import { limitsOf } from './limits-of.ts';
import { Pressure, type PressureLimits } from './pressure.ts';

const LEASE_MS = 15_000;
const RENEW_WHEN_LEFT_MS = 10_000;

/** What has been due for so long is delivered by no other process: one would have found it due first. */
const LEFT_MS = 60_000;

/** A destination in this process's hands. */
export interface Held {
  readonly destinationId: IntegrationId;
  readonly epoch: string;
  readonly pressure: Pressure;
  /** Whose deliveries were seen in its queues. */
  readonly tenants: Set<TenantId>;
  leaseUntil: Instant;
  /** Of the settings that were read last. */
  revision: string | null;
  /** What was recorded here of its newest attempt. */
  last: LastDelivery | undefined;
  /** Deliveries whose outcome is not recorded. */
  unsettled: number;
  /** Something of it is in an unknown state: it is taken anew, under a greater epoch, as soon as it is quiet. */
  doubtful: boolean;
}

/** The destinations that this process owns, and what they may be sent. */
export class Leases {
  readonly #held = new Map<IntegrationId, Held>();
  /** Destinations left to others, and since when something of each has been due at every poll. */
  readonly #left = new Map<IntegrationId, Instant | undefined>();
  readonly #database: Database;
  readonly #owner: string;
  readonly #limits: PressureLimits;

  constructor(database: Database, owner: string, limits: PressureLimits) {
    this.#database = database;
    this.#owner = owner;
    this.#limits = limits;
  }

  /**
   * Prolongs what is in use and due for it; forgets what is idle, and what another process took.
   *
   * @param busy all that has something due
   */
  async renew(now: Instant, busy: ReadonlySet<IntegrationId>): Promise<void> {
    for (const [id, since] of this.#left) this.#left.set(id, busy.has(id) ? (since ?? now) : undefined);
    const ending = [...this.#held.values()].filter(({ leaseUntil }) => leaseUntil - now <= RENEW_WHEN_LEFT_MS);
    const used = ending.filter(
      (held) =>
        !this.#left.has(held.destinationId) &&
        (busy.has(held.destinationId) || held.unsettled > 0 || !held.pressure.isCalm(now)),
    );
    const until = now + LEASE_MS;
    const fresh = used.length === 0 ? [] : await renewDestinations(this.#database, this.#owner, used, until);
    const renewed = new Map(fresh.map((lease) => [lease.destinationId, lease]));
    for (const held of ending) {
      const lease = renewed.get(held.destinationId);
      if (lease === undefined) {
        this.#held.delete(held.destinationId);
        continue;
      }
      held.leaseUntil = until;
      held.pressure.limits = limitsOf(lease, this.#limits);
      if (lease.revision !== held.revision) held.pressure.reopen(lease.openAt);
      held.revision = lease.revision;
    }
  }

  /** Takes what is busy and not held here, as far as nobody else holds it. */
  async take(now: Instant, busy: ReadonlySet<IntegrationId>): Promise<void> {
    for (const held of this.#held.values()) {
      const hasEnded = held.doubtful || held.leaseUntil <= now || this.#left.has(held.destinationId);
      if (hasEnded && held.unsettled === 0) this.#held.delete(held.destinationId);
    }
    const wanted = [...busy].filter((id) => !this.#held.has(id) && !this.#isLeft(id, now));
    if (wanted.length === 0) return;
    const leaseUntil = now + LEASE_MS;
    const taken = await takeDestinations(this.#database, this.#owner, wanted, now, leaseUntil);
    for (const lease of taken) {
      const { destinationId, epoch, revision } = lease;
      const pressure = new Pressure(limitsOf(lease, this.#limits), lease.openAt);
      const fresh = { tenants: new Set<TenantId>(), last: undefined, unsettled: 0, doubtful: false };
      this.#held.set(destinationId, { destinationId, epoch, revision, ...fresh, pressure, leaseUntil });
      this.#left.delete(destinationId);
    }
    // another process has them after all
    for (const id of wanted) if (this.#left.has(id)) this.#left.set(id, undefined);
  }

  /**
   * What may be claimed now, the destinations with least in flight first, so that slow ones cannot use up what
   * all share; what a destination is granted, its tenants share alike.
   *
   * @param queues that have something due
   * @param free how many more requests this process may have in flight
   */
  requests(now: Instant, queues: readonly DueQueue[], free: number): ClaimRequest[] {
    const due = new Map<IntegrationId, DueQueue[]>();
    for (const queue of queues) due.set(queue.destinationId, [...(due.get(queue.destinationId) ?? []), queue]);
    const open = [...due]
      .flatMap(([id, own]) => {
        const held = this.#held.get(id);
        if (held === undefined || held.doubtful || this.#left.has(id) || !this.isHolding(held, now)) return [];
        const free = held.pressure.free(now);
        if (free > 0) return [{ held, due: own, free, urgentOnly: false }];
        const asked = own.filter(({ urgent }) => urgent);
        const probes = asked.length === 0 ? 0 : held.pressure.freeForUrgent(now);
        return probes === 0 ? [] : [{ held, due: asked, free: probes, urgentOnly: true }];
      })
      .sort((a, b) => a.held.pressure.inFlight - b.held.pressure.inFlight);
    let left = free;
    return open.flatMap(({ held, due, free: most, urgentOnly }, index) => {
      const granted = Math.min(most, Math.ceil(left / (open.length - index)));
      left -= granted;
      return shares(granted, due).map((share) => ({ ...share, epoch: held.epoch, urgentOnly }));
    });
  }

  /** Leaves a destination to processes that can open its secrets; what nobody delivers then is tried here again. */
  leave(destinationId: IntegrationId): void {
    this.#left.set(destinationId, undefined);
  }

  #isLeft(id: IntegrationId, now: Instant): boolean {
    return this.#left.has(id) && now - (this.#left.get(id) ?? now) < LEFT_MS;
  }

  /** Notes which tenants have deliveries for what is held. */
  learn(queues: readonly DueQueue[]): void {
    for (const { destinationId, tenantId } of queues) this.#held.get(destinationId)?.tenants.add(tenantId);
  }

  /**
   * The queue of a destination that is held and has one tenant's deliveries only, as nearly all have: it need not be
   * looked for. A second tenant is noticed when the whole queue is looked at. What takes nothing now is looked for: it
   * may have something urgent.
   */
  soleQueueOf(destinationId: IntegrationId, now: Instant): DueQueue | undefined {
    const held = this.#held.get(destinationId);
    const [tenantId, ...others] = held?.tenants ?? [];
    if (tenantId === undefined || others.length > 0 || held?.pressure.isHeld(now) === true) return undefined;
    return { destinationId, tenantId, urgent: false };
  }

  /** How many destinations this process owns. */
  get count(): number {
    return this.#held.size;
  }

  holderOf(destinationId: IntegrationId): Held | undefined {
    return this.#held.get(destinationId);
  }

  /** Whether nobody else can have taken it. */
  isHolding(held: Held, now: Instant): boolean {
    return this.#held.get(held.destinationId) === held && now < held.leaseUntil;
  }

  async release(): Promise<void> {
    this.#held.clear();
    await releaseDestinations(this.#database, this.#owner);
  }
}

/** Divides what a destination is granted among its queues; who comes last may go without until the next time. */
function shares(granted: number, queues: readonly DueQueue[]): (DueQueue & { free: number })[] {
  let left = granted;
  return queues.flatMap((queue, index) => {
    const free = Math.ceil(left / (queues.length - index));
    left -= free;
    return free === 0 ? [] : [{ ...queue, free }];
  });
}

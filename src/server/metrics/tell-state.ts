import type { DeliveryLoop } from '../../delivery/loop.ts';
import type { Ground } from '../../store/ground.ts';
import { MOST_COUNTED, queueHealth } from '../../store/queue-health.ts';
import { allStored } from '../../store/stored-space.ts';
import type { ColumnMaker } from '../../tracking/column-maker.ts';
import type { Intake } from '../../tracking/intake.ts';
import type { SpaceLimit } from '../../tracking/space.ts';
import type { Hub } from '../../wire/live/hub.ts';
import type { Metrics } from '../../wire/metrics/metrics.ts';

/** What is asked how it stands. */
export interface Asked {
  readonly ground: Ground;
  readonly loop: DeliveryLoop;
  readonly intake: Intake;
  readonly columns: ColumnMaker;
  readonly hub: Hub;
  /** How many bytes each entity may store. */
  readonly space: SpaceLimit;
}

/** What waits in the database is looked at so often at most, however many ask. */
const LOOK_EVERY_MS = 5_000;
/** A heartbeat's deadline is looked at every second. */
const OVERDUE_AFTER_MS = 60_000;

/** Tells how this process and the queues in its database stand whenever somebody asks. */
export function tellState(metrics: Metrics, { ground, loop, intake, columns, hub, space }: Asked): void {
  const gauge = metrics.addGauge;
  gauge('tripline_ingest_waiting', 'Requests of runs that wait to be stored', () => intake.waiting);
  gauge('tripline_columns_waiting', 'Runs that wait for columns of their history', () => columns.waiting);
  gauge('tripline_delivery_in_flight', 'Requests of deliveries that have no answer yet', () => loop.state().inFlight);
  gauge(
    'tripline_delivery_unsettled',
    'Claimed deliveries whose outcome is not recorded yet',
    () => loop.state().unsettled,
  );
  gauge('tripline_delivery_leases', 'Webhooks that this node has leased for delivery', () => loop.state().leases);
  gauge(
    'tripline_delivery_look_age_seconds',
    'Time since this node last read the queue of deliveries',
    () => loop.state().sinceLook / 1000,
  );
  gauge('tripline_live_readers', 'Connections of this node that are told of changes as they happen', () => hub.size);
  tellPool(metrics, ground);
  tellQueues(metrics, ground);
  tellSpace(metrics, ground, space);
}

function tellPool({ addGauge }: Metrics, { database }: Ground): void {
  addGauge('tripline_database_connections_most', 'Connections that this node may open', () => database.poolUse().most);
  addGauge('tripline_database_connections_open', 'Connections that are open', () => database.poolUse().open);
  addGauge('tripline_database_connections_idle', 'Open connections that nobody uses', () => database.poolUse().idle);
  addGauge(
    'tripline_database_waiting',
    'Statements and transactions that wait for a connection',
    () => database.poolUse().waiting,
  );
}

/** The same on every node, since it is read from their database; NaN while that does not answer. */
function tellQueues(metrics: Metrics, { database, clock }: Ground): void {
  const told = teller(metrics, () => queueHealth(database, clock.now(), clock.now() - OVERDUE_AFTER_MS));
  const upTo = `counted up to ${MOST_COUNTED}, of all nodes`;
  told('tripline_deliveries_queued', `Deliveries that wait, due or not, ${upTo}`, (health) => health.deliveriesQueued);
  told('tripline_deliveries_due', `Deliveries among them that are due, ${upTo}`, (health) => health.deliveriesDue);
  told(
    'tripline_deliveries_oldest_due_seconds',
    'For how long the oldest due delivery has waited, of all nodes; 0 when none is due',
    ({ oldestDue }) => (oldestDue === null ? 0 : Math.max(0, clock.now() - oldestDue) / 1000),
  );
  told(
    'tripline_deadlines_overdue',
    `Deadlines of runs without a heartbeat that passed a minute ago and are not handled, ${upTo}`,
    (health) => health.deadlinesOverdue,
  );
  told(
    'tripline_webhooks_in_trouble',
    `Webhooks whose executions have failed since the last success, ${upTo}`,
    (health) => health.webhooksInTrouble,
  );
  told(
    'tripline_audit_oldest_unsealed_seconds',
    'For how long the oldest entry of the audit log has waited to be sealed, of all nodes; 0 when none waits',
    ({ oldestUnsealed }) => (oldestUnsealed === null ? 0 : Math.max(0, clock.now() - oldestUnsealed) / 1000),
  );
}

/** Of all nodes, as queues are told. */
function tellSpace(metrics: Metrics, { database }: Ground, limit: SpaceLimit): void {
  const told = teller(metrics, () => allStored(database, limit));
  told('tripline_stored_bytes', 'Bytes of files of runs and versions, of all entities', ({ bytes }) => bytes);
  told('tripline_stored_files', 'Files of runs and versions, of all entities', ({ files }) => files);
  told(
    'tripline_entities_nearly_full',
    'Entities that store nine tenths of what they may, or more; 0 where there is no limit',
    ({ nearlyFull }) => nearlyFull,
  );
}

/** Tells numbers of one look; each is NaN while that fails. */
function teller<T>({ addGauge }: Metrics, look: () => Promise<T>) {
  const seen = shared(look);
  return (name: string, help: string, read: (found: T) => number) =>
    addGauge(name, help, async () => {
      const found = await seen();
      return found === undefined ? Number.NaN : read(found);
    });
}

/** The answer of one look for all who ask within {@link LOOK_EVERY_MS}; `undefined` when it fails. */
function shared<T>(look: () => Promise<T>): () => Promise<T | undefined> {
  let last: Promise<T | undefined> | undefined;
  let until = Number.NEGATIVE_INFINITY;
  return () => {
    if (last === undefined || performance.now() >= until) {
      until = performance.now() + LOOK_EVERY_MS;
      last = look().catch(() => undefined);
    }
    return last;
  };
}

import { type DeedFacts, permits } from '../access/permits.ts';
import type { AuditedDeed } from '../model/audit.ts';
import type { Instant } from '../model/clock.ts';
import { type ExecutionKey, executionId } from '../model/execution-id.ts';
import type { IntegrationId } from '../model/ids.ts';
import { INTEGRATION_WORDS } from '../model/integration-kind.ts';
import type { Viewer } from '../model/viewer.ts';
import { type RecordedDeed, recordDeed } from '../store/audit.ts';
import { cancelExecutions } from '../store/cancellations.ts';
import type { Queryable, Transaction } from '../store/database.ts';
import { enterHistory } from '../store/execution-retention.ts';
import type { ExecutionStatus } from '../store/execution-status.ts';
import type { Ground } from '../store/ground.ts';
import { hurryDeliveries, reviveExecutions } from '../store/revivals.ts';
import { findSteerable, type Steerable } from '../store/steerable.ts';
import { type ExecutionPlace, placeOfExecution } from './place-of-execution.ts';

/** What deeds on executions stand on. */
export interface SteeringRoom {
  readonly ground: Ground;
  /** Told after a commit which destinations have new work. */
  readonly woken: (destinations: readonly IntegrationId[]) => void;
}

/** Something that a person does to executions (automations, section 6.3). */
interface Steering {
  /** In which statuses it can be done. */
  readonly from: readonly ExecutionStatus[];
  /** Whether something is sent. */
  readonly delivers: boolean;
  /** To which status it leads. */
  readonly to: ExecutionStatus;
  readonly deed: AuditedDeed;
  /** Of many at once. */
  readonly manyDeed: AuditedDeed;
  /** For refusals: what can be done to which executions. */
  readonly only: string;
}

export const STEERINGS = {
  /** One attempt at once, then a fresh schedule. */
  retry: {
    from: ['failed', 'cancelled', 'pending'],
    delivers: true,
    to: 'pending',
    deed: 'execution.retried',
    manyDeed: 'executions.retried',
    only: 'only an execution that failed, was cancelled or waits can be retried',
  },
  cancel: {
    from: ['pending'],
    delivers: false,
    to: 'cancelled',
    deed: 'execution.cancelled',
    manyDeed: 'executions.cancelled',
    only: 'only an execution that is pending can be cancelled',
  },
  /** Delivers what was skipped. No flood limit holds back what a person asks for. */
  run: {
    from: ['skipped'],
    delivers: true,
    to: 'pending',
    deed: 'execution.run_anyway',
    manyDeed: 'executions.run_anyway',
    only: 'only an execution that was skipped can be run anyway',
  },
} as const satisfies Readonly<Record<string, Steering>>;

export type SteeringName = keyof typeof STEERINGS;

export const STEERING_NAMES = Object.keys(STEERINGS) as readonly SteeringName[];

/** Whether a status is one in which something can be done. */
export function isSteeredFrom(name: SteeringName, status: ExecutionStatus): boolean {
  const from: readonly ExecutionStatus[] = STEERINGS[name].from;
  return from.includes(status);
}

/** What is done to executions, and how the audit log tells it. */
export interface Steered {
  readonly name: SteeringName;
  readonly executions: readonly Steerable[];
  /** A person waits for this one, which a hold of the receiver does not keep back. */
  readonly urgent: boolean;
  readonly entry: (done: readonly ExecutionKey[]) => Omit<RecordedDeed, 'now'>;
}

/**
 * Does it to executions whose statuses were looked at before, with an entry in the audit log, and wakes who delivers;
 * those that have moved on meanwhile are left. Nothing is entered when all have.
 *
 * @returns the keys of those that it was done to
 */
export async function steer({ ground, woken }: SteeringRoom, by: Viewer, steered: Steered): Promise<ExecutionKey[]> {
  const done = await ground.database.transaction(async (tx) => {
    const now = ground.clock.now();
    const keys = await apply(tx, by, steered, now);
    if (keys.length > 0) await recordDeed(tx, by, { now, ...steered.entry(keys) });
    return keys;
  });
  if (STEERINGS[steered.name].delivers) woken(destinationsOf(steered.executions, done));
  return done;
}

async function apply(
  tx: Transaction,
  by: Viewer,
  { name, executions, urgent }: Steered,
  now: Instant,
): Promise<ExecutionKey[]> {
  await enterHistory(tx);
  const how = { urgent, now };
  const ended = executions.flatMap(({ destinationId, ...key }) =>
    destinationId === null || key.status === 'pending' ? [] : [{ ...key, destinationId }],
  );
  switch (name) {
    case 'retry': {
      const hurried = await hurryDeliveries(tx, withStatus(executions, 'pending'), how);
      return [...hurried, ...(await reviveExecutions(tx, ended, { from: ['failed', 'cancelled'], ...how }))];
    }
    case 'run':
      return reviveExecutions(tx, ended, { from: ['skipped'], ...how });
    case 'cancel':
      return cancelExecutions(tx, executions, by.username, now);
  }
}

const withStatus = (executions: readonly Steerable[], status: ExecutionStatus): readonly Steerable[] =>
  executions.filter((execution) => execution.status === status);

/** Why nothing could be delivered; `undefined` when it could. */
export function undeliverable({ destinationId, integration, automationDeleted }: Steerable): string | undefined {
  if (automationDeleted) return 'its automation was deleted';
  if (destinationId === null) return 'the automation has no action that could be run';
  if (integration === null) return 'its integration was deleted';
  const word = INTEGRATION_WORDS[integration.kind];
  return integration.disabled ? `its ${word} '${integration.name}' is disabled: enable it first` : undefined;
}

/** An execution is steered by whoever may edit its automation (automations, section 1.4). */
export function steeringFacts(
  viewer: Viewer,
  { automationCreatedBy, automationScope }: Pick<Steerable, 'automationCreatedBy' | 'automationScope'>,
): DeedFacts {
  return { own: automationCreatedBy === viewer.userId, wholeEntity: automationScope === 'entity' };
}

/** Whether a viewer may do it to an execution as it stands, and it would not be refused. @param owner of the execution */
export function maySteer(viewer: Viewer, name: SteeringName, owner: ExecutionPlace, execution: Steerable): boolean {
  if (!isSteeredFrom(name, execution.status)) return false;
  if (STEERINGS[name].delivers && undeliverable(execution) !== undefined) return false;
  return permits(viewer, 'steer_execution', placeOfExecution(owner, execution), steeringFacts(viewer, execution));
}

/** What a viewer may do to some executions as they stand, by their public ids. @param places whose they are */
export async function steeringsOf(
  database: Queryable,
  viewer: Viewer,
  places: readonly ExecutionPlace[],
  keys: readonly ExecutionKey[],
): Promise<ReadonlyMap<string, readonly SteeringName[]>> {
  const owners = new Map(places.map((place) => [place.tenantId, place]));
  const found = await findSteerable(database, keys);
  return new Map(
    found.map((execution) => {
      const owner = owners.get(execution.tenantId);
      const may = (name: SteeringName) => owner !== undefined && maySteer(viewer, name, owner, execution);
      return [executionId(execution), STEERING_NAMES.filter(may)];
    }),
  );
}

/** The destinations that have new work. */
function destinationsOf(executions: readonly Steerable[], done: readonly ExecutionKey[]): IntegrationId[] {
  const ids = new Set(done.map(executionId));
  const found = executions.filter((each) => ids.has(executionId(each))).flatMap((each) => each.destinationId ?? []);
  return [...new Set(found)];
}

import type { DeedFacts } from '../access/permits.ts';
import type { AuditedDeed } from '../model/audit.ts';
import type { Instant } from '../model/clock.ts';
import { type ExecutionKey, executionId } from '../model/execution-id.ts';
import type { IntegrationId } from '../model/ids.ts';
import { INTEGRATION_WORDS } from '../model/integration-kind.ts';
import type { Viewer } from '../model/viewer.ts';
import { cancelExecutions } from '../store/cancellations.ts';
import type { Transaction } from '../store/database.ts';
import { enterHistory } from '../store/execution-retention.ts';
import type { ExecutionStatus } from '../store/execution-status.ts';
import type { Ground } from '../store/ground.ts';
import { hurryDeliveries, reviveExecutions } from '../store/revivals.ts';
import type { Steerable } from '../store/steerable.ts';

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

/**
 * Does it to executions whose statuses were looked at before; those that have moved on meanwhile are left.
 *
 * @param how urgent: a person waits for this one, which a hold of the receiver does not keep back
 * @returns the keys of those that it was done to
 */
export async function steer(
  tx: Transaction,
  name: SteeringName,
  executions: readonly Steerable[],
  by: Viewer,
  how: { readonly urgent: boolean; readonly now: Instant },
): Promise<ExecutionKey[]> {
  await enterHistory(tx);
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
      return cancelExecutions(tx, executions, by.username, how.now);
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

/** The destinations that have new work. */
export function destinationsOf(executions: readonly Steerable[], done: readonly ExecutionKey[]): IntegrationId[] {
  const ids = new Set(done.map(executionId));
  const found = executions.filter((each) => ids.has(executionId(each))).flatMap((each) => each.destinationId ?? []);
  return [...new Set(found)];
}

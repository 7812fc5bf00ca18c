import { type DeliveryLoop, type DeliveryOptions, startDelivery } from '../src/delivery/loop.ts';
import type { DeliveryRoom } from '../src/delivery/room.ts';
import { tenantDataKey } from '../src/directory/tenant-data-key.ts';
import type { CapturedRunState } from '../src/events/run-state.ts';
import type { ExecutionKey } from '../src/model/execution-id.ts';
import {
  type AutomationId,
  asId,
  type EntityId,
  type EventId,
  type IntegrationId,
  type UserId,
} from '../src/model/ids.ts';
import type { JsonObject } from '../src/model/json.ts';
import { LargeIds } from '../src/model/large-id.ts';
import { masterKeyFrom } from '../src/secrets/master-key.ts';
import type { MasterKeys } from '../src/secrets/master-keys.ts';
import { sealValue } from '../src/secrets/secret-value.ts';
import { type Attempt, listAttempts } from '../src/store/attempts.ts';
import { insertAutomation } from '../src/store/automation-edits.ts';
import type { Database } from '../src/store/database.ts';
import { insertExecutions, type NewExecution, type NewFirings } from '../src/store/executions.ts';
import { insertIntegration } from '../src/store/integrations.ts';
import { ensurePartitions } from '../src/store/partitions.ts';
import { nextRulebookVersion } from '../src/store/rulebook.ts';
import { insertSecret, removeSecret, replaceSecret } from '../src/store/secrets.ts';
import { type DeliveryRoomOptions, deliveryRoom, SILENT } from './support/delivery-room.ts';
import { settledMasters } from './support/master-keys.ts';
import { until } from './support/wait.ts';

export interface ExecutionRow {
  readonly status: string;
  readonly reason: string | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

/** As a server on the same database must be given it. */
export const MASTER_KEY = 'a key of the tests, which is long enough';

/** One entity on a fresh database, a clock that moves at will, and delivery loops over it. */
export class DeliveryScene {
  readonly database: Database;
  readonly clock = { offset: 0, now: () => Date.now() + this.clock.offset };
  readonly entityId: EntityId;
  readonly masters: MasterKeys;
  /** What the loops told the operator. */
  readonly errors: string[] = [];
  readonly #ids = new LargeIds(1);
  readonly #loops: DeliveryLoop[] = [];

  private constructor(database: Database, entityId: EntityId, masters: MasterKeys) {
    this.masters = masters;
    this.database = database;
    this.entityId = entityId;
  }

  static async open(database: Database): Promise<DeliveryScene> {
    await ensurePartitions(database, Date.now());
    const [row] = await database.query<{ id: EntityId }>(
      `insert into entity (kind, name, root_id, created_at) values ('team', 'vision', 0, $1) returning id`,
      [new Date()],
    );
    await database.execute('update entity set root_id = id');
    await database.execute('insert into app_user (username, created_at) values ($1, $2)', ['ann', new Date()]);
    await database.execute('insert into rulebook (root_id) select id from entity');
    const masters = await settledMasters(database, masterKeyFrom(MASTER_KEY));
    return new DeliveryScene(database, row!.id, masters);
  }

  /** Moves the clock, for every loop of the scene. */
  pass(milliseconds: number): void {
    this.clock.offset += milliseconds;
  }

  async webhook(url: string, settings: JsonObject = {}): Promise<IntegrationId> {
    const id = await this.database.transaction((tx) =>
      insertIntegration(tx, {
        tenantId: this.entityId,
        kind: 'webhook',
        name: `hook-${crypto.randomUUID()}`,
        config: { url, ...settings },
        createdBy: asId<UserId>('1'),
        now: this.clock.now(),
      }),
    );
    return id!;
  }

  async automation(
    integrationId: IntegrationId,
    payload: JsonObject | null,
    event: JsonObject = {},
  ): Promise<AutomationId> {
    return this.#automate({ type: 'GENERIC_WEBHOOK', integrationId, payload }, event);
  }

  /** An automation that sends messages to a Slack channel. */
  notification(integrationId: IntegrationId, message: JsonObject = {}): Promise<AutomationId> {
    const event = { type: 'RUN_STATE', runFilter: {}, states: ['FINISHED'] };
    return this.#automate({ type: 'NOTIFICATION', integrationId, ...message }, event);
  }

  async #automate(action: JsonObject, event: JsonObject): Promise<AutomationId> {
    const content = {
      tenantId: this.entityId,
      scopeKind: 'entity' as const,
      scopeId: this.entityId,
      name: `automation-${crypto.randomUUID()}`,
      description: null,
      enabled: true,
      definition: { event, action },
    };
    const id = await this.database.transaction(async (tx) => {
      const rulebookVersion = await nextRulebookVersion(tx, this.entityId);
      const edit = { rulebookVersion, by: asId<UserId>('1'), now: this.clock.now() };
      return insertAutomation(tx, this.entityId, content, edit);
    });
    return id!;
  }

  /** Fires an automation: one event, one execution of it, as a deed would commit them. */
  async fire(automationId: AutomationId, destinationId: IntegrationId | undefined): Promise<ExecutionKey> {
    const firing = this.#firing(automationId, destinationId);
    await this.database.transaction((tx) =>
      insertExecutions(tx, { events: [firing.event], executions: [firing.execution] }),
    );
    return { tenantId: this.entityId, eventId: firing.event.eventId, automationId, ask: 0 };
  }

  /** Fires an automation by so many events at once. */
  async fireMany(automationId: AutomationId, destinationId: IntegrationId, count: number): Promise<void> {
    await this.database.transaction((tx) => insertExecutions(tx, this.firings(automationId, destinationId, count)));
  }

  /** So many events, each with one execution, not saved. */
  firings(automationId: AutomationId, destinationId: IntegrationId, count: number): NewFirings {
    const firings = Array.from({ length: count }, () => this.#firing(automationId, destinationId));
    return { events: firings.map(({ event }) => event), executions: firings.map(({ execution }) => execution) };
  }

  #firing(automationId: AutomationId, destinationId: IntegrationId | undefined) {
    const now = this.clock.now();
    const eventId = this.#ids.next<EventId>(now);
    const execution: NewExecution = {
      tenantId: this.entityId,
      eventId,
      automationId,
      revision: 1,
      actionType: destinationId === undefined ? 'NO_OP' : 'GENERIC_WEBHOOK',
      destinationId,
      explanation: { why: 'the run finished' },
      createdAt: now,
    };
    return { event: this.#event(eventId, now), execution };
  }

  /** A webhook, its automation and one execution. */
  async fired(url: string, payload: JsonObject | null = null): Promise<ExecutionKey> {
    const integrationId = await this.webhook(url);
    return this.fire(await this.automation(integrationId, payload), integrationId);
  }

  /** What a node delivers with. @param masters of a node that knows other master keys */
  room(options: Partial<DeliveryRoomOptions> = {}): DeliveryRoom {
    const error = (_details: object, message: string) => void this.errors.push(message);
    const log = { ...SILENT, error };
    const ground = { database: this.database, clock: this.clock, ids: this.#ids };
    return deliveryRoom(ground, { masters: this.masters, log, ...options });
  }

  /** Stores a secret of the entity; `previous` is its value before a rotation that still overlaps. */
  async secret(name: string, value: string, previous?: string): Promise<void> {
    const key = { tenantId: this.entityId, name };
    await this.database.transaction(async (tx) => {
      const dataKey = await tenantDataKey(tx, this.masters, this.entityId);
      const write = (text: string) => ({
        ...key,
        sealed: sealValue(dataKey, key, text),
        by: asId<UserId>('1'),
        now: this.clock.now(),
      });
      await removeSecret(tx, this.entityId, name);
      await insertSecret(tx, write(previous ?? value));
      if (previous !== undefined)
        await replaceSecret(tx, { ...write(value), previousUntil: this.clock.now() + 3_600_000 });
    });
  }

  start(options: DeliveryOptions & Partial<DeliveryRoomOptions> = {}): DeliveryLoop {
    const room = this.room(options);
    const loop = startDelivery(room, { pollMs: 20, ...options });
    this.#loops.push(loop);
    return loop;
  }

  async close(): Promise<void> {
    await Promise.all(this.#loops.map((loop) => loop.stop(0)));
  }

  async execution(key: ExecutionKey): Promise<ExecutionRow> {
    const [row] = await this.database.query<ExecutionRow>(
      `select status, reason, started_at as "startedAt", ended_at as "endedAt" from execution
        where tenant_id = $1 and event_id = $2 and automation_id = $3 and ask = $4`,
      [key.tenantId, key.eventId, key.automationId, key.ask],
    );
    return row!;
  }

  attempts(key: ExecutionKey): Promise<Attempt[]> {
    return listAttempts(this.database, key);
  }

  readonly until = until;

  /** Why a webhook is disabled; `undefined` when it is not. */
  async disabled(id: IntegrationId): Promise<string | undefined> {
    const [row] = await this.database.query<{ reason: string | null }>(
      'select disabled_reason as reason from integration where id = $1',
      [id],
    );
    return row?.reason ?? undefined;
  }

  async queued(): Promise<number> {
    const [row] = await this.database.query<{ count: string }>('select count(*) from delivery');
    return Number(row!.count);
  }

  /** The execution once it is no longer pending. */
  ended(key: ExecutionKey): Promise<ExecutionRow> {
    return until('the execution to end', async () => {
      const row = await this.execution(key);
      return row.status !== 'pending' && row;
    });
  }

  /** The attempts of an execution once there are so many. */
  attempted(key: ExecutionKey, count: number): Promise<Attempt[]> {
    return until(`attempt ${count}`, async () => {
      const attempts = await this.attempts(key);
      return attempts.length >= count && attempts;
    });
  }

  #event(eventId: EventId, now: number) {
    return {
      tenantId: this.entityId,
      eventId,
      type: 'RUN_STATE',
      projectId: undefined,
      subjectKind: 'run',
      subjectId: '77',
      author: 'ann',
      occurredAt: now,
      captured: CAPTURED,
    };
  }
}

const CAPTURED: CapturedRunState = {
  type: 'RUN_STATE',
  state: 'FINISHED',
  exactState: 'finished',
  run: {
    id: 'r1',
    displayName: 'brave "run"',
    entity: 'vision',
    project: 'cats',
    author: 'ann',
    tags: [],
    group: null,
    jobType: null,
    sweep: null,
    notes: null,
    host: null,
    config: {},
    summary: {},
    state: 'finished',
    createdAt: '2026-11-24T00:00:00.000Z',
    heartbeatAt: null,
    url: 'http://tripline.example/vision/cats/runs/r1',
  },
};

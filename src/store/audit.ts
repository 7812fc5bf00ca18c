import type { AuditEntry, AuditedDeed, AuditSubject, Origin } from '../model/audit.ts';
import { canonicalJson } from '../model/canonical-json.ts';
import type { Instant } from '../model/clock.ts';
import { asId, type EntityId, type TenantId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import { boundAt, LARGE_ID_EPOCH } from '../model/large-id.ts';
import { cleanJson } from '../model/loose-json.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Queryable, Transaction } from './database.ts';

/** Whose log holds what is done to the installation: users, organizations, its master key. */
export const INSTANCE = asId<TenantId>('0');

/** Who does a deed: a person, or the system for a reason. */
export type Actor = Viewer | { readonly system: string; readonly origin?: Origin };

export interface RecordedDeed {
  readonly now: Instant;
  readonly tenantId: TenantId;
  readonly deed: AuditedDeed;
  readonly subject: AuditSubject;
  /** Without secrets; absent or `null` when there was or is nothing. */
  readonly before?: Json;
  readonly after?: Json;
}

/**
 * Leaves an entry in the audit log, in the deed's transaction and last in it. It is numbered and chained later, so
 * that no deed waits for another (data model, section 10).
 *
 * @param deed what was and what is now: JSON values without secrets
 */
export async function recordDeed(tx: Transaction, actor: Actor, deed: RecordedDeed): Promise<void> {
  await recordDeeds(tx, actor, [deed]);
}

/** The same of several at once, each with its entry. */
export async function recordDeeds(tx: Transaction, actor: Actor, deeds: readonly RecordedDeed[]): Promise<void> {
  const person = 'system' in actor ? undefined : actor;
  await tx.execute(
    `insert into audit_entry (tenant_id, id, at, deed, actor_id, actor_name, reason, origin,
       subject_kind, subject_id, subject_name, before, after)
     select tenant_id, (since_epoch << 21) | nextval('audit_serial'), at, deed, $10::bigint, $11::text, $12::text,
       $13::jsonb, subject_kind, subject_id, subject_name, before::jsonb, after::jsonb
     from unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[],
       $8::text[], $9::text[])
       as each (tenant_id, since_epoch, at, deed, subject_kind, subject_id, subject_name, before, after)`,
    [
      deeds.map(({ tenantId }) => tenantId),
      deeds.map(({ now }) => Math.max(0, Math.floor(now) - LARGE_ID_EPOCH)),
      deeds.map(({ now }) => new Date(now)),
      deeds.map(({ deed }) => deed),
      deeds.map(({ subject }) => subject.kind),
      deeds.map(({ subject }) => subject.id),
      deeds.map(({ subject }) => subject.name),
      deeds.map(({ before }) => printed(before)),
      deeds.map(({ after }) => printed(after)),
      person?.userId ?? null,
      person?.username ?? 'system',
      'system' in actor ? actor.system : null,
      printed(actor.origin && { ...actor.origin, apiKey: actor.origin.apiKey && { ...actor.origin.apiKey } }),
    ],
  );
}

/** The same of a change: one that changed nothing leaves no entry. */
export async function recordChange(
  tx: Transaction,
  actor: Actor,
  deed: RecordedDeed & { readonly before: Json; readonly after: Json },
): Promise<void> {
  if (printed(deed.before) !== printed(deed.after)) await recordDeed(tx, actor, deed);
}

function printed(value: Json | undefined): string | null {
  return value === undefined || value === null ? null : canonicalJson(cleanJson(value));
}

/** Who has done what is in the log. */
export const ACTOR_KINDS = ['user', 'system'] as const;

export type ActorKind = (typeof ACTOR_KINDS)[number];

/** Columns of an {@link AuditEntry}, as {@link entryOf} reads them. */
export const ENTRY_COLUMNS = `tenant_id as "tenantId", id, at, deed, actor_id as "actorId", actor_name as "actorName",
  reason, origin, subject_kind as "subjectKind", subject_id as "subjectId", subject_name as "subjectName", before, after,
  number::float8 as number, encode(hash, 'hex') as hash`;

export interface EntryRow extends Omit<AuditEntry, 'subject'> {
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly subjectName: string;
  /** `null` until it is sealed. */
  readonly number: number | null;
  readonly hash: string | null;
}

export interface KeptEntry extends AuditEntry {
  readonly number: number | null;
  readonly hash: string | null;
}

export function entryOf({ subjectKind, subjectId, subjectName, ...row }: EntryRow): KeptEntry {
  return { ...row, subject: { kind: subjectKind, id: subjectId, name: subjectName } };
}

export interface AuditQuery {
  readonly tenantIds: readonly TenantId[];
  readonly deed: string | null;
  /** Name of a user; entries of the system have none, whatever a user is called. */
  readonly actor: string | null;
  readonly actorKind: ActorKind | null;
  /** Kind, id or name. */
  readonly subject: string | null;
  readonly from: Instant | null;
  readonly to: Instant | null;
  /** Id of the last entry of the page before. */
  readonly after: string | null;
  readonly limit: number;
}

/** Entries of some tenants, newest first. */
export async function auditEntries(database: Queryable, query: AuditQuery): Promise<KeptEntry[]> {
  const rows = await database.query<EntryRow>(
    `select ${ENTRY_COLUMNS} from audit_entry
     where tenant_id = any($1::bigint[])
       and ($2::text is null or deed = $2::text)
       and ($3::text is null or actor_id is not null and actor_name = $3::text)
       and ($9::text is null or ($9::text = 'system') = (actor_id is null))
       and ($4::text is null or $4::text in (subject_kind, subject_id, subject_name))
       and ($5::timestamptz is null or at >= $5::timestamptz) and ($6::timestamptz is null or at < $6::timestamptz)
       and id >= $10::bigint and id < least($7::bigint, $11::bigint)
     order by id desc limit $8::int`,
    [
      query.tenantIds,
      query.deed,
      query.actor,
      query.subject,
      query.from === null ? null : new Date(query.from),
      query.to === null ? null : new Date(query.to),
      query.after,
      query.limit,
      query.actorKind,
      // ids begin with the time: with bounds that are always there, months that cannot match are not opened
      boundAt(query.from ?? LARGE_ID_EPOCH),
      boundAt(query.to ?? Number.POSITIVE_INFINITY),
    ],
  );
  return rows.map(entryOf);
}

/** An entity and all that ever stood under it, deleted ones too: their entries stay. */
export async function tenantsUnder(database: Queryable, rootId: EntityId): Promise<TenantId[]> {
  const rows = await database.query<{ id: TenantId }>(
    'select id from entity where id = $1::bigint or root_id = $1::bigint order by id',
    [rootId],
  );
  return rows.map(({ id }) => id);
}

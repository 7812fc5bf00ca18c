import { z } from 'zod';
import type { AuditFilter } from '../../audit/read-audit.ts';
import { AUDITED_DEEDS } from '../../model/audit.ts';
import { ACTOR_KINDS, type KeptEntry } from '../../store/audit.ts';
import { csvRow } from './csv.ts';
import { anyInstant, id, instant, isoInstant } from './schemas.ts';
import { timeRange } from './time-range.ts';

/** What lists and exports of the audit log are filtered by. */
export const auditFilter = z.strictObject({
  deed: z.enum(AUDITED_DEEDS).optional(),
  actor: z.string().max(255).optional().describe('name of a user'),
  actorKind: z.enum(ACTOR_KINDS).optional().describe('entries of people, or of the system'),
  subject: z.string().max(255).optional().describe('kind, id or name of what was changed'),
  from: anyInstant.optional().describe('entries from this instant on'),
  to: anyInstant.optional().describe('entries before this instant'),
});

export function toFilter({ deed, actor, actorKind, subject, from, to }: z.output<typeof auditFilter>): AuditFilter {
  return {
    deed: deed ?? null,
    actor: actor ?? null,
    actorKind: actorKind ?? null,
    subject: subject ?? null,
    ...timeRange({ from, to }),
  };
}

export const auditEntry = z
  .object({
    id,
    entityId: id.describe('0: the installation itself'),
    at: instant,
    deed: z.enum(AUDITED_DEEDS),
    actor: z.object({
      kind: z.enum(ACTOR_KINDS),
      id: id.nullable().describe('null: the system'),
      name: z.string(),
    }),
    reason: z.string().nullable().describe('why the system did it'),
    origin: z.unknown().describe('client address, user agent, and the API key by id and last characters'),
    subject: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
    before: z.unknown(),
    after: z.unknown(),
    number: z.int().nullable().describe('place in the chain of its entity; null for the second before it is sealed'),
    hash: z.string().nullable().describe('SHA-256 over the hash before and this entry, in hex'),
  })
  .meta({ id: 'AuditEntry' });

export function toAuditEntry(entry: KeptEntry): z.output<typeof auditEntry> {
  const { id, tenantId, at, deed, actorId, actorName, reason, origin, subject, before, after, number, hash } = entry;
  const kind = actorId === null ? ('system' as const) : ('user' as const);
  const actor = { kind, id: actorId, name: actorName };
  return {
    id,
    entityId: tenantId,
    at: isoInstant(at),
    deed,
    actor,
    reason,
    origin,
    subject,
    before,
    after,
    number,
    hash,
  };
}

const CSV_COLUMNS =
  'id,entityId,at,deed,actorKind,actorId,actor,reason,origin,subjectKind,subjectId,subject,before,after,number,hash';

/** A line of JSON for each entry. */
export async function* asJsonLines(entries: AsyncIterable<KeptEntry>): AsyncGenerator<string> {
  for await (const entry of entries) yield `${JSON.stringify(toAuditEntry(entry))}\n`;
}

/** A row for each entry under a row of names; RFC 4180. */
export async function* asCsv(entries: AsyncIterable<KeptEntry>): AsyncGenerator<string> {
  yield `${CSV_COLUMNS}\r\n`;
  for await (const entry of entries) yield csvRow(cellsOf(entry));
}

function cellsOf(entry: KeptEntry): (string | number | null)[] {
  const { id, entityId, at, deed, actor, reason, origin, subject, before, after, number, hash } = toAuditEntry(entry);
  const [from, was, is] = [origin, before, after].map((value) => (value === null ? null : JSON.stringify(value)));
  const { kind, id: subjectId, name } = subject;
  return [
    id,
    entityId,
    at,
    deed,
    actor.kind,
    actor.id,
    actor.name,
    reason,
    from ?? null,
    kind,
    subjectId,
    name,
    was ?? null,
    is ?? null,
    number,
    hash,
  ];
}

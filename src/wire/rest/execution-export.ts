import { Readable } from 'node:stream';
import type { z } from 'zod';
import { type ExportedRow, exportExecutions } from '../../delivery/export-executions.ts';
import { uncleanJson } from '../../model/loose-json.ts';
import type { Viewer } from '../../model/viewer.ts';
import { MASK } from '../../secrets/mask.ts';
import type { Database } from '../../store/database.ts';
import { maskHoles } from '../../template/holes.ts';
import { csvRow } from './csv.ts';
import type { exportQuery } from './execution-queries.ts';
import { toExecution } from './execution-schemas.ts';
import type { ResolvedSearch } from './execution-search.ts';

type Format = z.output<typeof exportQuery>['format'];

/** All executions that match as a file that is written while it is read. */
export function exported(database: Database, viewer: Viewer, search: ResolvedSearch, format: Format) {
  const rows = exportExecutions(database, viewer, search.places, search.filter);
  return format === 'csv'
    ? { type: 'text/csv; charset=utf-8', lines: Readable.from(asCsv(rows)) }
    : { type: 'application/jsonl; charset=utf-8', lines: Readable.from(asJsonLines(rows)) };
}

async function* asJsonLines(rows: AsyncIterable<ExportedRow>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify({ ...toExecution(row.execution), ...more(row) })}\n`;
}

/** What an export tells besides what lists do. */
function more({ execution, showsPayload }: ExportedRow) {
  const { attempts, answered, error, payload } = execution;
  return {
    attempts,
    answered,
    error,
    explanation: uncleanJson(execution.explanation),
    payload: showsPayload && payload !== null ? maskHoles(payload, MASK) : null,
  };
}

const COLUMNS = [
  'id',
  'entity',
  'status',
  'reason',
  'cancelledBy',
  'automationId',
  'automation',
  'revision',
  'alert',
  'event',
  'action',
  'project',
  'subjectKind',
  'subjectId',
  'subject',
  'subjectPath',
  'author',
  'createdAt',
  'startedAt',
  'endedAt',
  'nextAttemptAt',
  'attempts',
  'answered',
  'error',
  'explanation',
  'payload',
];

async function* asCsv(rows: AsyncIterable<ExportedRow>): AsyncGenerator<string> {
  yield csvRow(COLUMNS);
  for await (const row of rows) {
    const { automation, alert, subject, ...each } = toExecution(row.execution);
    const { attempts, answered, error, explanation, payload } = more(row);
    yield csvRow([
      each.id,
      each.entity,
      each.status,
      each.reason,
      each.cancelledBy,
      automation?.id ?? null,
      automation?.name ?? null,
      automation?.revision ?? null,
      alert?.setting ?? null,
      each.eventType,
      each.actionType,
      each.project,
      subject.kind,
      subject.id,
      subject.name,
      subject.path,
      each.author,
      each.createdAt,
      each.startedAt,
      each.endedAt,
      each.nextAttemptAt,
      attempts,
      answered,
      error,
      JSON.stringify(explanation),
      payload,
    ]);
  }
}

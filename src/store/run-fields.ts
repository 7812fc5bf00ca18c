import type { Field } from '../filter/catalogue.ts';
import { type ListColumn, memberOf, type Parameters } from './list-columns.ts';

/** Seconds from the start to the last sign of life. */
const DURATION = 'extract(epoch from h.heartbeat_at - r.created_at)::float8';

const COLUMNS: Readonly<Record<string, ListColumn>> = {
  display_name: { kind: 'text', sql: 'r.display_name', nullable: false },
  name: { kind: 'text', sql: 'r.name', nullable: false },
  tags: { kind: 'tags', sql: 'r.tags' },
  group: { kind: 'text', sql: 'r.group_name', nullable: true },
  job_type: { kind: 'text', sql: 'r.job_type', nullable: true },
  sweep: { kind: 'text', sql: 'r.sweep', nullable: true },
  notes: { kind: 'text', sql: 'r.notes', nullable: true },
  host: { kind: 'text', sql: 'r.host', nullable: true },
  commit: { kind: 'text', sql: 'r.commit_hash', nullable: true },
  state: { kind: 'text', sql: 'h.state', nullable: false },
  created_at: { kind: 'instant', sql: 'r.created_at', nullable: false },
  heartbeat_at: { kind: 'instant', sql: 'h.heartbeat_at', nullable: true },
  duration: { kind: 'number', sql: DURATION, nullable: true },
};

/** Where a field is read; `undefined` for fields that no column holds (user names, project, entity). */
export function runColumn(field: Field, parameters: Parameters): ListColumn | undefined {
  const column = COLUMNS[field.name];
  if (column !== undefined) return column;
  const dot = field.name.indexOf('.');
  const path = field.name.slice(dot + 1);
  switch (field.name.slice(0, dot)) {
    case 'config':
      return { kind: 'tree', sql: configValue(field, path, parameters), exact: isExact(field, path) };
    case 'summary':
      return { kind: 'tree', sql: memberOf('s.summary', path, parameters), exact: isExact(field, path) };
    default:
      return undefined;
  }
}

/** The top-level keys under which the value at a dotted path can lie: `a`, `a.b` and `a.b.c`. */
export function topKeys(path: string): string[] {
  const parts = path.split('.');
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
}

/** Whether the SQL finds just what the filter language finds: keys with dots have more readings than it tries. */
function isExact(field: Field, path: string): boolean {
  return !path.includes('.') && (field.literal === undefined || field.literal === `${field.name}.value`);
}

/** Config entries are `{"value": …}` or plain; the client's own entries are no fields (wandb protocol, 2.4). */
function configValue(field: Field, path: string, parameters: Parameters): string {
  const [first = '', ...rest] = path.split('.');
  if (first === '_wandb' || first === 'wandb_version') return 'null::jsonb';
  const entry = plainEntry(first, parameters);
  if (rest.length > 0) {
    return `coalesce(${plainEntry(path, parameters)}, (${entry}) #> ${parameters.add(rest, 'text[]')})`;
  }
  if (field.literal === undefined) return entry;
  const written = `${path}.value`;
  const literal = `case when r.config ? ${parameters.add(written, 'text')} then ${plainEntry(written, parameters)}
    else (${entry}) -> 'value' end`;
  return `coalesce(nullif(${literal}, 'null'::jsonb), ${entry})`;
}

function plainEntry(key: string, parameters: Parameters): string {
  const entry = `r.config -> ${parameters.add(key, 'text')}`;
  return `case when jsonb_typeof(${entry}) = 'object' and ${entry} ? 'value' then ${entry} -> 'value' else ${entry} end`;
}

import type { Field } from '../filter/catalogue.ts';
import type { ListColumn, Parameters } from './list-columns.ts';

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
  username: { kind: 'text', sql: "coalesce(u.username, '')", nullable: false },
  created_at: { kind: 'instant', sql: 'r.created_at', nullable: false },
  heartbeat_at: { kind: 'instant', sql: 'h.heartbeat_at', nullable: true },
  duration: { kind: 'number', sql: DURATION, nullable: true },
};

/** Where a field is read; `undefined` for fields that no column holds (project, entity). */
export function runColumn(field: Field, parameters: Parameters): ListColumn | undefined {
  const column = COLUMNS[field.name];
  if (column !== undefined) return column;
  const dot = field.name.indexOf('.');
  const path = field.name.slice(dot + 1);
  switch (field.name.slice(0, dot)) {
    case 'config':
      return { kind: 'tree', sql: configValue(field, path, parameters), exact: isExact(field, path) };
    case 'summary':
      return { kind: 'tree', sql: summaryValue(path, parameters), exact: isExact(field, path) };
    default:
      return undefined;
  }
}

/** The top-level keys under which the value at a dotted path can lie: `a`, `a.b` and `a.b.c`. */
export function topKeys(path: string): string[] {
  const parts = path.split('.');
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
}

/** Keys with dots have many readings; of a path with more parts, only two are tried. */
const MOST_PARTS = 4;

/** Whether the SQL finds just what the filter language finds. */
function isExact(field: Field, path: string): boolean {
  if (field.literal === undefined) return path.split('.').length <= MOST_PARTS;
  return !path.includes('.') && field.literal === `${field.name}.value`;
}

function summaryValue(path: string, parameters: Parameters): string {
  return firstOf(readings(path).map((keys) => below('s.summary', keys, parameters)));
}

/** Config entries are `{"value": …}` or plain; the client's own entries are no fields (wandb protocol, 2.4). */
function configValue(field: Field, path: string, parameters: Parameters): string {
  const [first = ''] = path.split('.');
  if (first === '_wandb' || first === 'wandb_version') return 'null::jsonb';
  const value = firstOf(readings(path).map((keys) => configReading(keys, parameters)));
  if (field.literal === undefined) return value;
  const written = `${path}.value`;
  const literal = `case when r.config ? ${parameters.add(written, 'text')} then ${configReading([written], parameters)}
    else (${value}) -> 'value' end`;
  return `coalesce(nullif(${literal}, 'null'::jsonb), ${value})`;
}

function configReading([key = '', ...rest]: readonly string[], parameters: Parameters): string {
  const entry = `r.config -> ${parameters.add(key, 'text')}`;
  return below(`coalesce(${entry} -> 'value', ${entry})`, rest, parameters);
}

/** A member of a member; a list has none, whatever the key. */
function below(tree: string, keys: readonly string[], parameters: Parameters): string {
  return [tree, ...keys.map((key) => parameters.add(key, 'text'))].join(' -> ');
}

function firstOf(values: readonly string[]): string {
  return values.length === 1 ? values.join() : `coalesce(${values.join(', ')})`;
}

/** The ways to read a dotted path, in the order in which they are tried: `a.b`, then `b` below `a`. */
function readings(path: string): string[][] {
  const parts = path.split('.');
  if (parts.length > MOST_PARTS) return [[path], parts];
  return [
    [path],
    ...parts.slice(1).flatMap((_, index) => {
      const head = parts.slice(0, index + 1).join('.');
      return readings(parts.slice(index + 1).join('.')).map((rest) => [head, ...rest]);
    }),
  ];
}

import type { Field } from '../filter/catalogue.ts';

/** Collects the parameters of a statement that is put together. */
export class Parameters {
  readonly #values: unknown[] = [];

  /** Adds a value; the text to write in its place, with its type. */
  add(value: unknown, type: string): string {
    return `$${this.#values.push(value)}::${type}`;
  }

  /** The finished statement with the values it really uses: PostgreSQL takes no others. */
  finish(sql: string): [sql: string, values: unknown[]] {
    const numbers = new Map<number, number>();
    const text = sql.replaceAll(/\$(\d+)::/g, (_match, digits: string) => {
      const old = Number(digits);
      const known = numbers.get(old) ?? numbers.size + 1;
      numbers.set(old, known);
      return `$${known}::`;
    });
    return [text, [...numbers.keys()].map((number) => this.#values[number - 1])];
  }
}

/** How a field of a run stands in the tables `run` r and `run_head` h. */
export type RunColumn =
  | { readonly kind: 'text' | 'instant' | 'number'; readonly sql: string; readonly nullable: boolean }
  | { readonly kind: 'tags'; readonly sql: string }
  /** `jsonb`, null where the run has no such key. */
  | { readonly kind: 'tree'; readonly sql: string; readonly exact: boolean };

/** Seconds from the start to the last sign of life. */
const DURATION = 'extract(epoch from h.heartbeat_at - r.created_at)::float8';

const COLUMNS: Readonly<Record<string, RunColumn>> = {
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
export function runColumn(field: Field, parameters: Parameters): RunColumn | undefined {
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

/** The value at a dotted path of a `jsonb` column: as one key, or else member by member. */
export function memberOf(tree: string, path: string, parameters: Parameters): string {
  const whole = `${tree} -> ${parameters.add(path, 'text')}`;
  return path.includes('.') ? `coalesce(${whole}, ${tree} #> ${parameters.add(path.split('.'), 'text[]')})` : whole;
}

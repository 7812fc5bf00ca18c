import pg from 'pg';
import { encodeLines } from '../src/store/history-format.ts';
import { rowsOf } from '../src/store/rows.ts';
import { type DatabaseName, freshDatabase } from '../test/support/databases.ts';
import { chunkOf, ROWS } from './chunk.ts';

/** Chunks in one transaction. */
const GROUP = 16;
const CONNECTIONS = 2;

const TABLES = `
  create table chunk (run_id bigint, first_line bigint, lines int, body bytea, received_at timestamptz,
                      primary key (run_id, first_line));
  alter table chunk alter body set storage external;
  create table head (run_id bigint primary key, lines bigint not null, heartbeat_at timestamptz) with (fillfactor = 50);
  create table summary (run_id bigint primary key, raw text not null, summary jsonb not null);
  insert into head select run_id, 0, null from generate_series(0, $RUNS - 1) run_id;
  insert into summary select run_id, '', '{}' from generate_series(0, $RUNS - 1) run_id`;
const RUNS = CONNECTIONS * GROUP * 2;

/**
 * The best that plain PostgreSQL can do here with the bytes of a chunk: deflated lines and summary inserted in
 * groups of 16 runs' chunks over 2 connections, with the update of each run's head, and nothing decided.
 */
export interface PlainInserts {
  /** Chunks a second. */
  perSecond(seconds: number): Promise<number>;
  close(): Promise<void>;
}

export async function preparePlainInserts(database: DatabaseName): Promise<PlainInserts> {
  const { url, drop } = await freshDatabase(database);
  const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => connect(url)));
  for (const statement of TABLES.replaceAll('$RUNS', String(RUNS)).split(';')) await clients[0]?.query(statement);
  let lines = 0;
  const insertFor = async (client: pg.Client, first: number, end: number): Promise<number> => {
    let chunks = 0;
    for (let group = 0; performance.now() < end; group = 1 - group, chunks += GROUP, lines += ROWS) {
      await insertGroup(client, first + group * GROUP, lines);
    }
    return chunks;
  };
  return {
    perSecond: async (seconds) => {
      const started = performance.now();
      const work = clients.map((client, at) => insertFor(client, at * GROUP * 2, started + seconds * 1000));
      const chunks = (await Promise.all(work)).reduce((sum, some) => sum + some, 0);
      return (chunks * 1000) / (performance.now() - started);
    },
    close: async () => {
      await Promise.all(clients.map((client) => client.end()));
      await drop();
    },
  };
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, pipeline: true } as pg.ClientConfig);
  // the server goes away with connections still closing
  client.on('error', () => {});
  await client.connect();
  return client;
}

/** One flight. */
async function insertGroup(client: pg.Client, firstRun: number, firstLine: number): Promise<void> {
  const now = new Date();
  const runs = Array.from({ length: GROUP }, (_, at) => firstRun + at);
  const chunks = rowsOf(runs, (run) => [run, firstLine, ROWS, BODY, now]);
  const summaries = rowsOf(runs, (run) => [run, SUMMARY, SUMMARY]);
  await Promise.all([
    client.query('begin'),
    client.query({
      name: 'chunks',
      text: `insert into chunk (run_id, first_line, lines, body, received_at) values ${chunks.values}`,
      values: chunks.parameters,
    }),
    client.query({
      name: 'summaries',
      text: `insert into summary (run_id, raw, summary) values ${summaries.values}
             on conflict (run_id) do update set raw = excluded.raw, summary = excluded.summary`,
      values: summaries.parameters,
    }),
    client.query({
      name: 'heads',
      text: `update head set lines = lines + $2, heartbeat_at = $3 where run_id = any($1::bigint[])`,
      values: [runs, ROWS, now],
    }),
    client.query('commit'),
  ]);
}

const CHUNK = chunkOf(1);
const BODY = encodeLines(CHUNK.content('wandb-history.jsonl'));
const [SUMMARY = '{}'] = CHUNK.content('wandb-summary.json');

import pg from 'pg';
import type { Change } from '../model/change.ts';
import { cleanText } from '../model/loose-json.ts';
import { refuse, sqlState, unavailable } from './database-faults.ts';
import { gatheringSocket } from './gathering-socket.ts';

/** Anything that answers a statement: the pool, or one transaction. Instants come back as milliseconds, int8 as strings. */
export interface Queryable {
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** As {@link query}, for a text that is put together from what a user asks: it is not prepared, it may never return. */
  queryOnce<Row>(sql: string, parameters: readonly unknown[]): Promise<Row[]>;
  /** Runs a statement and returns how many rows it touched. */
  execute(sql: string, parameters?: readonly unknown[]): Promise<number>;
}

/** One transaction. Statements sent without waiting travel together; their order is kept. */
export interface Transaction extends Queryable {
  readonly kind: 'transaction';
  /** Has something told once the transaction is committed, and never when it is not. It must not throw. */
  afterCommit(tell: () => void): void;
  /** Has a change told to whoever listens to the database, once it is committed; costs nothing when nobody does. */
  changed(change: Change): void;
}

/** Told of what a transaction changed, after its commit. It must not throw. */
export type Hear = (changes: readonly Change[]) => void;

/** Connections of the pool. */
export interface PoolUse {
  readonly most: number;
  readonly open: number;
  readonly idle: number;
  /** Statements and transactions that wait for one. */
  readonly waiting: number;
}

export interface Database extends Queryable {
  /**
   * Runs `work` in one READ COMMITTED transaction. Deadlocks, serialisation failures and lock timeouts are
   * repeated with the same work, at most five times (data model, section 6): `work` must not act outside the
   * transaction.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Has one listener told of every change that is committed through this database from now on. */
  listen(hear: Hear): void;
  poolUse(): PoolUse;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly connection: pg.PoolConfig;
  readonly connections?: number;
  /** Told about connections that break while idle; the pool replaces them. */
  readonly onConnectionError: (error: Error) => void;
}

const TRIES = 5;
const REPEATABLE = new Set(['40001', '40P01', '55P03']);
/** Of statements that come after one that failed. */
const ABORTED = '25P02';

const TIMESTAMPTZ = 1184;
pg.types.setTypeParser(TIMESTAMPTZ, (text) => (text === '-infinity' ? Number.NEGATIVE_INFINITY : Date.parse(text)));

/** Opens a pool of pipelined connections. Nothing is connected until the first statement. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    max: options.connections ?? 12,
    application_name: 'tripline',
    ...options.connection,
    stream: gatheringSocket,
    pipeline: true,
  } as pg.PoolConfig);
  // a server that is stopped right after us cuts connections that are closing anyway
  let closing = false;
  const onBroken = (error: Error): void => {
    if (!closing) options.onConnectionError(error);
  };
  pool.on('error', onBroken);
  pool.on('connect', (client) => client.on('error', onBroken));
  let hear: Hear | undefined;
  const alone = queryable(pool);
  return {
    // a statement by itself is a transaction, too
    query: (...of) => withRetries(() => alone.query(...of)),
    queryOnce: (...of) => withRetries(() => alone.queryOnce(...of)),
    execute: (...of) => withRetries(() => alone.execute(...of)),
    transaction: (work) => withRetries(() => runTransaction(pool, work, hear)),
    listen: (listener) => {
      hear = listener;
    },
    poolUse: () => ({
      most: pool.options.max,
      open: pool.totalCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    close: () => {
      closing = true;
      return pool.end();
    },
  };
}

function queryable(client: pg.Pool | pg.PoolClient, onFault: (error: unknown) => void = () => {}): Queryable {
  const send = (config: pg.QueryConfig) =>
    client.query(config).catch((error: unknown) => {
      onFault(error);
      return refuse(error);
    });
  return {
    query: async <Row>(sql: string, parameters: readonly unknown[] = []) =>
      (await send(statement(sql, parameters))).rows as Row[],
    queryOnce: async <Row>(text: string, parameters: readonly unknown[]) =>
      (await send({ text, values: parameters.map(toParameter) })).rows as Row[],
    execute: async (sql, parameters = []) => (await send(statement(sql, parameters))).rowCount ?? 0,
  };
}

/**
 * Statements with parameters are prepared once on each connection: parsing and planning them anew is half of what a
 * short one costs (stack, section 4). Multi-row inserts come in many lengths: texts beyond {@link MOST_PREPARED} stay
 * unprepared.
 */
function statement(text: string, parameters: readonly unknown[]): pg.QueryConfig {
  const values = parameters.map(toParameter);
  if (values.length === 0) return { text };
  const name = names.get(text);
  if (name !== undefined) return { name, text, values };
  if (names.size >= MOST_PREPARED) return { text, values };
  const given = `tripline_${names.size}`;
  names.set(text, given);
  return { name: given, text, values };
}

const MOST_PREPARED = 400;
const names = new Map<string, string>();

/** `undefined` would silently become null: it is a fault of the caller. No text of PostgreSQL can hold a NUL. */
function toParameter(value: unknown): unknown {
  if (value === undefined) throw new TypeError('a statement parameter is undefined');
  if (Array.isArray(value)) return value.map(toParameter);
  return typeof value === 'string' && value.includes('\0') ? cleanText(value) : value;
}

async function runTransaction<T>(
  pool: pg.Pool,
  work: (tx: Transaction) => Promise<T>,
  hear: Hear | undefined,
): Promise<T> {
  const client = await pool.connect().catch(refuse);
  let broken: Error | undefined;
  let fault: unknown;
  const told: (() => void)[] = [];
  const changes: Change[] = [];
  const noteFault = (error: unknown): void => {
    fault ??= error;
  };
  try {
    const begun = client.query('begin').catch(refuse);
    const afterCommit = (tell: () => void) => void told.push(tell);
    const changed = (change: Change) => void (hear !== undefined && changes.push(change));
    const tx: Transaction = { kind: 'transaction', afterCommit, changed, ...queryable(client, noteFault) };
    const [, result] = await Promise.all([begun, work(tx)]);
    await client.query('commit').catch(refuse);
    for (const tell of told) tell();
    if (changes.length > 0) hear?.(changes);
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    // statements that travel together all fail after the first: only its fault says what to do
    throw sqlState(error) === ABORTED ? refuse(fault) : error;
  } finally {
    client.release(broken);
  }
}

async function withRetries<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      const state = sqlState(error);
      if (state === undefined || !REPEATABLE.has(state)) throw error;
      if (attempt === TRIES) {
        throw unavailable('too many changes to the same rows at once');
      }
    }
  }
}

import pg from 'pg';
import { type IntegrationId, parseId } from '../model/ids.ts';

const CHANNEL = 'tripline_due';
/** A notification takes a lock of the whole database at its commit: it is sent at most so often. */
const GATHER_MS = 20;
/** PostgreSQL takes notifications of up to 8,000 bytes. */
const MOST_IDS = 300;
const RECONNECT_MS = 1_000;

/** How the nodes on one database call one another. */
export interface NodeCalls {
  /** Tells the other nodes soon that these destinations have something due: call it after the commit. */
  tell(destinationIds: readonly IntegrationId[]): void;
  close(): Promise<void>;
}

export interface NodeCallOptions {
  readonly connection: pg.PoolConfig;
  /** Names this process, which does not hear its own calls. */
  readonly node: string;
  readonly onCall: (destinationIds: readonly IntegrationId[]) => void;
  /** Told once whenever the connection is lost: calls of that time are lost too, and polling finds what is due. */
  readonly onLost: (error: Error) => void;
}

/**
 * Opens a connection on which nodes tell each other of due deliveries, after the commit and never inside it (data
 * model, section 4 "Delivery"). Calls make things sooner; nothing depends on them.
 */
export function openNodeCalls(options: NodeCallOptions): NodeCalls {
  return new Calls(options);
}

class Calls implements NodeCalls {
  readonly #options: NodeCallOptions;
  readonly #untold = new Set<IntegrationId>();
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #again: NodeJS.Timeout | undefined;
  #closed = false;
  /** Whether it was told that there is no connection. */
  #isLost = false;

  constructor(options: NodeCallOptions) {
    this.#options = options;
    void this.#connect();
  }

  tell(destinationIds: readonly IntegrationId[]): void {
    if (this.#closed) return;
    for (const id of destinationIds) this.#untold.add(id);
    this.#timer ??= setTimeout(() => this.#send(), GATHER_MS);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#again);
    await this.#client?.end().catch(() => {});
  }

  #send(): void {
    this.#timer = undefined;
    const ids = [...this.#untold];
    this.#untold.clear();
    for (let start = 0; start < ids.length; start += MOST_IDS) {
      const call = [this.#options.node, ...ids.slice(start, start + MOST_IDS)].join(' ');
      // one that fails has broken the connection, which is told there
      this.#client?.query('select pg_notify($1, $2)', [CHANNEL, call]).catch(() => {});
    }
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({ application_name: 'tripline calls', ...this.#options.connection });
    let lost = false;
    const lose = (error: Error): void => {
      if (lost || this.#closed) return;
      lost = true;
      this.#client = undefined;
      if (!this.#isLost) this.#options.onLost(error);
      this.#isLost = true;
      client.end().catch(() => {});
      this.#again = setTimeout(() => void this.#connect(), RECONNECT_MS);
    };
    client.on('error', lose);
    client.on('end', () => lose(new Error('the connection was closed')));
    client.on('notification', ({ payload = '' }) => this.#hear(payload));
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      if (this.#closed) await client.end();
      else this.#client = client;
      this.#isLost = false;
    } catch (error) {
      lose(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #hear(call: string): void {
    const [node, ...words] = call.split(' ');
    if (node === this.#options.node) return;
    this.#options.onCall(words.flatMap((word) => parseId<IntegrationId>(word) ?? []));
  }
}

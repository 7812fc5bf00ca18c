import pg from 'pg';

const RECONNECT_MS = 1_000;
/** PostgreSQL takes notifications of less than 8,000 bytes. */
export const LONGEST_CALL = 7_500;

/** How the nodes on one database call one another. Calls make things sooner; nothing depends on them. */
export interface NodeLine {
  /** Has calls on a channel heard; a node does not hear its own. Each channel once. */
  hear(channel: string, onCall: (words: readonly string[]) => void): void;
  /**
   * Calls the other nodes: after a commit and never inside it (data model, section 4 "Delivery"), and not often, since
   * a notification takes a lock of the whole database. Settles when it is told, or when it cannot be.
   *
   * @param words without spaces; together at most {@link LONGEST_CALL} bytes
   */
  call(channel: string, words: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export interface NodeLineOptions {
  readonly connection: pg.PoolConfig;
  /** Names this process. */
  readonly node: string;
  /** Told once whenever the connection is lost: calls of that time are lost too. */
  readonly onLost: (error: Error) => void;
  /** Told whenever calls are heard from now on, first and after a loss. */
  readonly onFound?: () => void;
}

/** Opens a connection on which nodes call each other, and opens it again when it breaks. */
export function openNodeLine(options: NodeLineOptions): NodeLine {
  return new Line(options);
}

class Line implements NodeLine {
  readonly #options: NodeLineOptions;
  readonly #heard = new Map<string, (words: readonly string[]) => void>();
  #client: pg.Client | undefined;
  #again: NodeJS.Timeout | undefined;
  #closed = false;
  /** Whether it was told that there is no connection. */
  #isLost = false;

  constructor(options: NodeLineOptions) {
    this.#options = options;
    // whoever opens the line says first what is heard on it
    setImmediate(() => void this.#connect());
  }

  hear(channel: string, onCall: (words: readonly string[]) => void): void {
    this.#heard.set(channel, onCall);
    void this.#client?.query(`listen ${channel}`).catch(() => {});
  }

  async call(channel: string, words: readonly string[]): Promise<void> {
    const text = [this.#options.node, ...words].join(' ');
    // one that fails has broken the connection, which is told there
    await this.#client?.query('select pg_notify($1, $2)', [channel, text]).catch(() => {});
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#again);
    await this.#client?.end().catch(() => {});
  }

  async #connect(): Promise<void> {
    if (this.#closed) return;
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
    client.on('notification', ({ channel, payload = '' }) => this.#hear(channel, payload));
    try {
      await client.connect();
      for (const channel of this.#heard.keys()) await client.query(`listen ${channel}`);
      if (this.#closed) return await client.end();
      this.#client = client;
      this.#isLost = false;
      this.#options.onFound?.();
    } catch (error) {
      lose(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #hear(channel: string, call: string): void {
    const [node, ...words] = call.split(' ');
    if (node !== this.#options.node) this.#heard.get(channel)?.(words);
  }
}

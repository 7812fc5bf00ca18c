import type { ConnectOptions } from './connect.ts';
import { Connection } from './connection.ts';

/** Connections by origin: idle ones are used again, the one last used first, so that the others can end. */
export class Connections {
  readonly #idle = new Map<string, Connection[]>();
  readonly #options: ConnectOptions;

  constructor(options: ConnectOptions) {
    this.#options = options;
  }

  /** An idle connection to an origin; `undefined` when there is none. */
  take(origin: string): Connection | undefined {
    const idle = this.#idle.get(origin);
    for (let connection = idle?.pop(); connection !== undefined; connection = idle?.pop()) {
      if (connection.isReusable) return connection;
      connection.destroy();
    }
    return undefined;
  }

  /** A connection of its own for a request; nothing is opened yet. */
  make(origin: string): Connection {
    return new Connection(new URL(origin), this.#options, (closed) => this.#forget(origin, closed));
  }

  /** Keeps a connection whose request has been answered to its end. */
  keep(origin: string, connection: Connection): void {
    const idle = this.#idle.get(origin);
    if (!connection.isReusable) connection.destroy();
    else if (idle === undefined) this.#idle.set(origin, [connection]);
    else idle.push(connection);
  }

  /** Closes what is idle. */
  close(): void {
    for (const connection of [...this.#idle.values()].flat()) connection.destroy();
    this.#idle.clear();
  }

  #forget(origin: string, closed: Connection): void {
    const idle = this.#idle.get(origin);
    const at = idle?.indexOf(closed) ?? -1;
    if (idle === undefined || at === -1) return;
    idle.splice(at, 1);
    if (idle.length === 0) this.#idle.delete(origin);
    closed.destroy();
  }
}

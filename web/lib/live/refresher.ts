import type { Query, QueryClient } from '@tanstack/react-query';
import { ALL_KINDS, type LiveKind } from './messages.ts';

/** However much happens, what is shown is read again at most so often. */
const REST_MS = 1_000;

/** Reads again what is shown of what changed: one turn after the other, so that a slow server is not asked twice. */
export class Refresher {
  readonly #client: QueryClient;
  readonly #wanted = new Set<LiveKind>();
  #isRunning = false;

  constructor(client: QueryClient) {
    this.#client = client;
  }

  want(kinds: readonly LiveKind[] = ALL_KINDS): void {
    for (const kind of kinds) this.#wanted.add(kind);
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#wanted.size > 0) {
      const kinds = new Set(this.#wanted);
      this.#wanted.clear();
      await this.#refresh((query) => query.meta?.live?.some((kind) => kinds.has(kind)) === true);
      await new Promise((resolve) => setTimeout(resolve, REST_MS));
    }
    this.#isRunning = false;
  }

  /** What was asked before the change was told may have been answered before it happened: it is asked once more. */
  async #refresh(isStale: (query: Query) => boolean): Promise<void> {
    const early = new Set(this.#client.getQueryCache().findAll({ fetchStatus: 'fetching', predicate: isStale }));
    await this.#client.invalidateQueries({ predicate: isStale }, { cancelRefetch: false });
    if (early.size > 0) await this.#client.invalidateQueries({ predicate: (query) => early.has(query) });
  }
}

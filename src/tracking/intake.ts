import type { RunKey } from '../store/run-heads.ts';
import { appendAlone, appendTogether, type ChunkOutcome } from './append-history.ts';
import { ChunkQueue } from './chunk-queue.ts';
import { Heartbeats } from './heartbeats.ts';
import { Lanes } from './lanes.ts';
import type { TrackingRoom } from './room.ts';
import { isHeartbeat, type RunChunk } from './run-chunk.ts';
import { tooMuchHistory } from './too-much-history.ts';
import type { IntakeWatch } from './watch.ts';

export interface IntakeOptions {
  /** How many tenants may share a transaction. */
  readonly tenants: number;
  /** Told of a batch that failed and is stored one by one. */
  readonly onBatchFault: (error: unknown) => void;
  /** Absent when nobody counts. */
  readonly watch?: IntakeWatch;
}

interface Waiting {
  readonly key: RunKey;
  readonly chunk: RunChunk;
  readonly resolve: (outcome: ChunkOutcome) => void;
  readonly reject: (error: unknown) => void;
}

const RUNS_PER_BATCH = 16;
const BATCH_LANES = 2;
const LONE_LANES = 4;
const BOUNDS = { waiting: 10_000, ofOneRun: 64 };

/**
 * Where chunks of all runs arrive. Those that wait at the same time share a transaction; a run that is locked, lags
 * far behind or whose chunk fails steps aside and is stored alone, so that it never holds its neighbours.
 */
export class Intake {
  readonly #room: TrackingRoom;
  readonly #options: IntakeOptions;
  readonly #queue = new ChunkQueue<Waiting>(BOUNDS);
  readonly #aside: Waiting[] = [];
  readonly #batches = new Lanes(BATCH_LANES, () => this.#nextBatch());
  readonly #lone = new Lanes(LONE_LANES, () => this.#nextAside());
  readonly #heartbeats: Heartbeats;

  constructor(room: TrackingRoom, options: IntakeOptions) {
    this.#room = room;
    this.#options = options;
    this.#heartbeats = new Heartbeats(room.ground);
  }

  /**
   * Stores a chunk, with everything that follows from it. When it returns, all of it is on disk.
   *
   * @throws TriplineError overloaded when too much waits; nothing has changed then
   */
  async append(chunk: RunChunk): Promise<ChunkOutcome> {
    const begun = performance.now();
    const outcome = await this.#append(chunk);
    this.#options.watch?.answered((performance.now() - begun) / 1000);
    return outcome;
  }

  /** Chunks that wait to be stored. */
  get waiting(): number {
    return this.#queue.waiting + this.#aside.length;
  }

  async #append(chunk: RunChunk): Promise<ChunkOutcome> {
    const beat = isHeartbeat(chunk) ? await this.#heartbeats.beat(chunk) : undefined;
    return beat ?? this.#enqueue(chunk);
  }

  #enqueue(chunk: RunChunk): Promise<ChunkOutcome> {
    return new Promise((resolve, reject) => {
      const { tenantId, runId } = chunk;
      if (!this.#queue.offer({ key: { tenantId, runId }, chunk, resolve, reject })) {
        this.#options.watch?.refused();
        reject(tooMuchHistory());
      } else this.#batches.fill();
    });
  }

  #nextBatch(): Promise<void> | undefined {
    const batch = this.#queue.take({ runs: RUNS_PER_BATCH, tenants: this.#options.tenants });
    return batch.length === 0 ? undefined : this.#storeTogether(batch);
  }

  #nextAside(): Promise<void> | undefined {
    const next = this.#aside.shift();
    return next === undefined ? undefined : this.#storeAlone(next);
  }

  async #storeTogether(batch: readonly Waiting[]): Promise<void> {
    const chunks = batch.map(({ chunk }) => chunk);
    const outcomes = await appendTogether(this.#room, chunks).catch((error: unknown) => {
      this.#options.onBatchFault(error);
      return [];
    });
    for (const [index, waiting] of batch.entries()) {
      const outcome = outcomes[index];
      if (outcome === undefined) this.#aside.push(waiting);
      else {
        waiting.resolve(outcome);
        this.#queue.done(waiting);
      }
    }
    this.#lone.fill();
  }

  async #storeAlone(waiting: Waiting): Promise<void> {
    await appendAlone(this.#room, waiting.chunk).then(waiting.resolve, waiting.reject);
    this.#queue.done(waiting);
    this.#batches.fill();
  }
}

import type { Chunk, Script } from './script.ts';

/** What the sender wrote down: before it sent something, and when it had its 2xx. */
export class SenderLedger {
  readonly runs: RunEntry[] = [];
  /** Answers that no client may get: it would end its stream, or go on wrongly. */
  readonly faults: string[] = [];
  readonly requests = { sent: 0, acknowledged: 0, refusedForNow: 0, lost: 0, copies: 0 };

  open(script: Script): RunEntry {
    const entry: RunEntry = { script, sent: [], acknowledged: [] };
    this.runs.push(entry);
    return entry;
  }
}

export interface RunEntry {
  readonly script: Script;
  /** Chunks in order, each written before its first request. */
  readonly sent: Chunk[];
  /** Those with a 2xx. */
  readonly acknowledged: Chunk[];
}

/** One request that reached the receiver, and how it was answered. */
export interface Delivery {
  /** `webhook-id`. */
  readonly id: string;
  readonly body: string;
  /** As `performance.now()` counts. */
  readonly at: number;
  readonly answered: number | 'cut';
}

/** One SIGKILL, or a jump of time that ends all leases. */
export interface Kill {
  readonly what: string;
  readonly at: number;
  /** When nothing of it was alive any more, or all that lives could work again. */
  until: number;
}

/** Notes a kill right before it happens. @returns what to call when it is over */
export type Note = (what: string) => () => void;

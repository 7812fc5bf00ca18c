import type { NewFirings } from '../store/executions.ts';

/** Chunks that one transaction stored. */
export interface StoredChunks {
  readonly chunks: number;
  /** Of history and system metrics; those that were stored before are not among them. */
  readonly lines: number;
  /** Members of those lines. */
  readonly points: number;
  /** Values that were judged, each once for every automation that watches it. */
  readonly evaluations: number;
}

/** Told of what tracking has done, for whoever counts it; only of what is committed. */
export interface TrackingWatch {
  stored(chunks: StoredChunks): void;
  /** Events, and what they fired, by whatever deed. */
  caused(firings: NewFirings): void;
}

/** Told of what becomes of each chunk. */
export interface IntakeWatch {
  /** @param seconds from its arrival to its commit */
  answered(seconds: number): void;
  /** There was no room for it: its client sends it again. */
  refused(): void;
}

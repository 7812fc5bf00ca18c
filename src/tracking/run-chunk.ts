import type { JsonObject } from '../model/json.ts';
import type { RunHead, RunKey } from '../store/run-heads.ts';

/** One line of history or of system metrics: the text as it came, and what it says. */
export interface HistoryLine {
  readonly raw: string;
  readonly values: JsonObject;
  /** `_step`, when the line has an integer one. */
  readonly step: number | null;
  /** `_timestamp` in seconds since 1970, when the line has one. */
  readonly timestamp: number | null;
}

/** Lines of one stream with the writer's own number of the first. */
export interface Block<Line> {
  readonly offset: number;
  readonly lines: readonly Line[];
}

/** What one file_stream request says of one run (wandb protocol, section 3). */
export interface RunChunk extends RunKey {
  /** In shared mode, which of several clients writes; each counts its lines from 0. */
  readonly writer: string | undefined;
  readonly history: Block<HistoryLine> | undefined;
  readonly events: Block<HistoryLine> | undefined;
  /** The whole summary, as the client's text. */
  readonly summary: { readonly raw: string; readonly values: JsonObject } | undefined;
  readonly console: Block<string> | undefined;
  /** Names of run files whose upload has succeeded. */
  readonly uploaded: readonly string[];
  readonly preempting: boolean;
  /** The last request of the run. */
  readonly ended: { readonly exitCode: number } | undefined;
}

/**
 * Whether a client knows only a part of the run's summary: in shared mode each writer has its own, and whoever rewinds a
 * run is not told what was summed up before (wandb protocol, 2.5).
 */
export function knowsPart({ epoch }: Pick<RunHead, 'epoch'>, { writer }: Pick<RunChunk, 'writer'>): boolean {
  return writer !== undefined || epoch > 0;
}

/** Whether a request says nothing but that its run is alive. */
export function isHeartbeat(chunk: RunChunk): boolean {
  const { history, events, summary, console, uploaded, preempting, ended } = chunk;
  const silent = [history, events, summary, console, ended].every((part) => part === undefined);
  return silent && uploaded.length === 0 && !preempting;
}

import { isJsonObject } from './json.ts';
import { parseLooseJson } from './loose-json.ts';

/** A line of a run's console, taken apart. */
export interface ConsoleLine {
  /** ISO 8601, UTC, as the client wrote it; `undefined` when the line carries none. */
  readonly timestamp: string | undefined;
  /** `error` for what went to stderr. */
  readonly level: 'error' | undefined;
  /** Of the process that wrote it, where several write to one run. */
  readonly label: string | undefined;
  readonly line: string;
}

const PLAIN =
  /^(?<error>ERROR )?(?<timestamp>\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)(?: (?<line>[\s\S]*))?$/;

/**
 * Takes a stored line apart. Clients write two forms, told apart line by line (wandb protocol, 3.3). In the older
 * one a label is not taken out of the text: `[label] ` there looks like what many programs print by themselves.
 */
export function parseConsoleLine(text: string): ConsoleLine {
  return structured(text) ?? plain(text);
}

function structured(text: string): ConsoleLine | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const parsed = parseLooseJson(text);
    if (!isJsonObject(parsed)) return undefined;
    const { ts, content, level, label } = parsed;
    if (typeof ts !== 'string' || typeof content !== 'string') return undefined;
    return {
      timestamp: ts,
      level: level === 'error' ? 'error' : undefined,
      label: typeof label === 'string' && label !== '' ? label : undefined,
      line: content,
    };
  } catch {
    return undefined;
  }
}

function plain(text: string): ConsoleLine {
  const parts = PLAIN.exec(text)?.groups;
  if (parts === undefined) return { timestamp: undefined, level: undefined, label: undefined, line: text };
  return {
    timestamp: parts.timestamp,
    level: parts.error === undefined ? undefined : 'error',
    label: undefined,
    line: parts.line ?? '',
  };
}

import { TextDecoder } from 'node:util';
import { z } from 'zod';
import { invalid } from '../../../model/error.ts';
import { isJsonObject, type JsonObject } from '../../../model/json.ts';
import { parseLooseJson } from '../../../model/loose-json.ts';
import type { Block, HistoryLine, RunChunk } from '../../../tracking/run-chunk.ts';

/** What a request says of its run, before the run is known. */
export type ChunkBody = Omit<RunChunk, 'tenantId' | 'runId' | 'writer'>;

/** Line counts are `Int` in the client's GraphQL: 31 bits. */
const file = z.object({
  offset: z.int32().min(0).nullish(),
  content: z.array(z.string()).nullish(),
});

/** Older clients send `complete: false`, `failed`, `dropped` with every heartbeat: unknown members are ignored. */
const body = z.object({
  files: z.record(z.string(), file).nullish(),
  uploaded: z.array(z.string()).nullish(),
  preempting: z.boolean().nullish(),
  complete: z.boolean().nullish(),
  exitcode: z.int32().nullish(),
});

type Files = Record<string, z.infer<typeof file>>;

/**
 * Parses the body of a file_stream request (wandb protocol, 3.1 to 3.3).
 *
 * @throws TriplineError invalid, naming the member and line; nothing may have changed by then
 */
export function parseChunk(bytes: Buffer): ChunkBody {
  const parsed = body.safeParse(parseBody(bytes));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(`file_stream body: ${issue?.message ?? 'not understood'}`, issue?.path.join('.') ?? '');
  }
  const { files, uploaded, preempting, complete, exitcode } = parsed.data;
  return {
    ...parseFiles(files ?? {}),
    uploaded: uploaded ?? [],
    preempting: preempting === true,
    ended: complete === true ? { exitCode: exitcode ?? 0 } : undefined,
  };
}

function parseFiles(files: Files): Pick<ChunkBody, 'history' | 'events' | 'summary' | 'console'> {
  return {
    history: historyBlock('wandb-history.jsonl', files),
    events: historyBlock('wandb-events.jsonl', files),
    summary: summaryOf('wandb-summary.json', files),
    console: blockOf(files['output.log']),
  };
}

function parseBody(bytes: Buffer): unknown {
  if (bytes.length === 0) return {};
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw invalid('file_stream body is not JSON in UTF-8', 'body');
  }
}

function blockOf(found: Files[string] | undefined): Block<string> | undefined {
  const lines = found?.content ?? [];
  return lines.length === 0 ? undefined : { offset: found?.offset ?? 0, lines };
}

function historyBlock(name: string, files: Files): Block<HistoryLine> | undefined {
  const block = blockOf(files[name]);
  if (block === undefined) return undefined;
  return { offset: block.offset, lines: block.lines.map((raw, index) => historyLine(raw, `${name}[${index}]`)) };
}

function historyLine(raw: string, path: string): HistoryLine {
  const values = objectOf(raw, path);
  const { _step: step, _timestamp: timestamp } = values;
  return {
    raw,
    values,
    step: typeof step === 'number' && Number.isSafeInteger(step) ? step : null,
    timestamp: typeof timestamp === 'number' ? timestamp : null,
  };
}

/** Old clients append summaries instead of replacing them: the last line wins. */
function summaryOf(name: string, files: Files): ChunkBody['summary'] {
  const raw = files[name]?.content?.at(-1);
  return raw === undefined ? undefined : { raw, values: objectOf(raw, name) };
}

function objectOf(raw: string, path: string): JsonObject {
  try {
    const value = parseLooseJson(raw);
    if (isJsonObject(value)) return value;
  } catch {
    // told below: not JSON is refused like JSON that is no object
  }
  throw invalid(`${path} is not a JSON object: ${raw.slice(0, 80)}`, path);
}

import type { Delivery, Kill, RunEntry, SenderLedger } from './ledgers.ts';
import { firing, firingsOf, lastState, type Watched } from './oracle.ts';
import type { Stored, StoredRun } from './read-back.ts';
import type { Chunk, Line } from './script.ts';

export interface Evidence {
  readonly sent: SenderLedger;
  readonly deliveries: readonly Delivery[];
  /** And jumps of time, after which what was on the wire is another node's. */
  readonly kills: readonly Kill[];
  readonly stored: Stored;
  readonly watched: readonly Watched[];
}

/** What the ledgers say together. */
export interface Verdict {
  readonly lines: number;
  readonly points: number;
  readonly firings: number;
  /** Requests beyond one for each execution, and how many of them followed a 2xx that a kill kept from being noted. */
  readonly repeats: number;
  readonly repeatsAfterSuccess: number;
  readonly faults: readonly string[];
}

/** Compares what was acknowledged, what is stored, what must have fired and what arrived. */
export function check(evidence: Evidence): Verdict {
  const { sent, stored, watched } = evidence;
  const faults = [...sent.faults];
  let [lines, points] = [0, 0];
  const expected: string[] = [];
  for (const entry of sent.runs) {
    const run = stored.runs.get(entry.script.id);
    if (run === undefined) {
      faults.push(`${entry.script.id} is not stored`);
      continue;
    }
    const chunks = storedChunks(entry, run);
    faults.push(...runFaults(entry, run, chunks).map((fault) => `${entry.script.id}: ${fault}`));
    expected.push(...firingsOf(entry.script, chunks, watched));
    lines += run.history.length + run.events.length;
    points += pointsOf(chunks);
  }
  faults.push(...executionFaults(evidence, expected));
  const repeats = repeatsOf(evidence);
  faults.push(...repeats.faults);
  const { count, afterSuccess } = repeats;
  return { lines, points, firings: expected.length, repeats: count, repeatsAfterSuccess: afterSuccess, faults };
}

/** The acknowledged ones; and one that the client abandoned, if the server had it: whole or not at all. */
function storedChunks({ sent, acknowledged }: RunEntry, run: StoredRun): readonly Chunk[] {
  const abandoned = sent.filter((chunk) => chunk.abandoned && !acknowledged.includes(chunk));
  const lines = textsOf(acknowledged, 'history').length;
  return run.history.length > lines ? [...acknowledged, ...abandoned] : acknowledged;
}

function runFaults({ script }: RunEntry, run: StoredRun, chunks: readonly Chunk[]): string[] {
  const history = textsOf(chunks, 'history');
  const events = textsOf(chunks, 'events');
  const summary = chunks.findLast((chunk) => chunk.summary !== undefined)?.summary ?? '{}';
  const counted = run.historyKeys?.keys.n?.typeCounts ?? [];
  return [
    ...differences('history', run.history, history),
    ...differences('events', run.events, events),
    ...difference('historyLineCount', run.historyLineCount, history.length),
    ...difference('eventsLineCount', run.eventsLineCount, events.length),
    ...difference('historyKeys', JSON.stringify(counted), JSON.stringify([{ type: 'number', count: history.length }])),
    ...difference('summary', run.summaryMetrics, summary),
    ...difference('state', run.state, lastState(script)),
  ];
}

/** Every execution that had to be, no other, each finished and each delivered under its own id. */
function executionFaults({ stored, deliveries }: Evidence, expected: readonly string[]): string[] {
  const delivered = new Map(deliveries.map(({ id, body }) => [id, body]));
  const ids = new Set(stored.executions.map(({ id }) => id));
  const unfinished = stored.executions.filter(({ status }) => status !== 'finished');
  return [
    ...differences('firings', [...delivered.values()].map(firingTold).toSorted(), expected.toSorted()),
    ...difference('executions', stored.executions.length, expected.length),
    ...unfinished.map(({ id, status, reason }) => `execution ${id} is ${status}: ${reason}`),
    ...[...ids].filter((id) => !delivered.has(id)).map((id) => `execution ${id} was never delivered`),
    ...[...delivered.keys()].filter((id) => !ids.has(id)).map((id) => `${id} was delivered and is no execution`),
  ];
}

function firingTold(body: string): string {
  const payload = JSON.parse(body) as Record<'automation' | 'run' | 'status' | 'values', string>;
  return firing(payload.automation, payload.run, payload.status === '' ? payload.values : payload.status);
}

/**
 * A request may repeat with its id and its body: after an answer that was no success, or when something was killed
 * between the two, so that the first outcome may be unknown.
 */
function repeatsOf({ deliveries, kills }: Evidence): { count: number; afterSuccess: number; faults: string[] } {
  const latest = new Map<string, Delivery>();
  const faults: string[] = [];
  let [count, afterSuccess] = [0, 0];
  for (const delivery of deliveries.toSorted((one, other) => one.at - other.at)) {
    const before = latest.get(delivery.id);
    latest.set(delivery.id, delivery);
    if (before === undefined) continue;
    count += 1;
    if (before.body !== delivery.body) faults.push(`${delivery.id} was repeated with another body`);
    if (before.answered !== 200) continue;
    afterSuccess += 1;
    if (!kills.some(({ at, until }) => until >= before.at && at <= delivery.at))
      faults.push(`${delivery.id} was repeated after a 200, though nothing was killed in between`);
  }
  return { count, afterSuccess, faults };
}

function textsOf(chunks: readonly Chunk[], stream: 'history' | 'events'): string[] {
  return chunks.flatMap((chunk) => chunk[stream].map(({ text }) => text));
}

function pointsOf(chunks: readonly Chunk[]): number {
  const lines: readonly Line[] = chunks.flatMap(({ history, events }) => [...history, ...events]);
  return lines.reduce((points, { values }) => points + Object.keys(values).length, 0);
}

function difference(what: string, found: unknown, expected: unknown): string[] {
  return found === expected ? [] : [`${what} is ${found} and must be ${expected}`];
}

/** What is missing and what is too much, or only misplaced, of two lists. */
function differences(what: string, found: readonly string[], expected: readonly string[]): string[] {
  if (found.length === expected.length && found.every((text, at) => text === expected[at])) return [];
  const missing = without(expected, found).map((text) => `${what}: missing ${text}`);
  const extra = without(found, expected).map((text) => `${what}: once too often ${text}`);
  return missing.length + extra.length > 0 ? [...missing, ...extra] : [`${what}: in another order`];
}

function without(list: readonly string[], taken: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const text of taken) left.set(text, (left.get(text) ?? 0) + 1);
  return list.filter((text) => {
    const count = left.get(text) ?? 0;
    left.set(text, count - 1);
    return count <= 0;
  });
}

import { isJsonObject } from '../model/json.ts';
import { cleanJson, parseLooseJson, printLooseJson } from '../model/loose-json.ts';
import type { Transaction } from '../store/database.ts';
import { BODY_FORMAT, encodeConsoleLines, encodeLines } from '../store/history-format.ts';
import {
  type ConsoleBlock,
  type HistoryChunk,
  insertConsoleBlocks,
  insertHistoryChunks,
  type Stream,
  saveWriterOffsets,
  type WriterOffset,
} from '../store/history-writes.ts';
import { saveRunHeads, tellRun } from '../store/run-heads.ts';
import { findSummary, type RunSummary, saveSummaries } from '../store/run-summaries.ts';
import type { Decision } from './decide-chunk.ts';
import { meterFirings } from './meter-firings.ts';
import { keepDeadline } from './report-state.ts';
import type { TrackingRoom } from './room.ts';
import { type HistoryLine, knowsPart } from './run-chunk.ts';
import { saveFirings } from './save-firings.ts';
import { keepSettling } from './settling.ts';

/** Saves what chunks of different runs change, in one flight of statements; none is sent for nothing. */
export async function saveDecisions(
  room: TrackingRoom,
  tx: Transaction,
  decisions: readonly Decision[],
): Promise<void> {
  if (decisions.length === 0) return;
  const chunks = decisions.flatMap(historyChunks);
  const blocks = decisions.flatMap((decision) => consoleBlocks(room, decision));
  const summaries = await Promise.all(decisions.map((decision) => summaryOf(tx, decision)));
  const changed = summaries.flatMap((summary) => summary ?? []);
  const fired = await meterFirings(room, tx, {
    events: decisions.flatMap(({ caused }) => caused.events),
    executions: decisions.flatMap(({ caused }) => caused.executions),
    moves: decisions.flatMap((decision) => decision.moves),
  });
  const offsets = decisions.flatMap(writerOffsets);
  for (const { before, head } of decisions) tellRun(tx, head, before.state === head.state ? 'history' : 'record');
  await Promise.all([
    chunks.length > 0 && insertHistoryChunks(tx, chunks),
    blocks.length > 0 && insertConsoleBlocks(tx, blocks),
    changed.length > 0 && saveSummaries(tx, changed),
    offsets.length > 0 && saveWriterOffsets(tx, offsets),
    ...decisions.map(({ before, head }) => keepDeadline(tx, before, head)),
    ...decisions.map(({ settling }) => keepSettling(tx, settling)),
    saveFirings(room, tx, fired),
    saveRunHeads(
      tx,
      decisions.map(({ head }) => head),
    ),
  ]);
}

function historyChunks({ before, history, events, now }: Decision): HistoryChunk[] {
  const chunk = (stream: Stream, lines: readonly HistoryLine[], firstLine: number): HistoryChunk[] => {
    if (lines.length === 0) return [];
    const steps = lines.flatMap(({ step }) => step ?? []);
    return [
      {
        tenantId: before.tenantId,
        runId: before.runId,
        stream,
        firstLine,
        lines: lines.length,
        minStep: steps.length === 0 ? null : steps.reduce((least, step) => Math.min(least, step)),
        maxStep: steps.length === 0 ? null : steps.reduce((most, step) => Math.max(most, step)),
        format: BODY_FORMAT,
        body: encodeLines(lines.map(({ raw }) => raw)),
        receivedAt: now,
      },
    ];
  };
  return [
    ...chunk('history', history.lines, before.historyLines),
    ...chunk('events', events.lines, before.eventsLines),
  ];
}

function consoleBlocks(room: TrackingRoom, { chunk, before, now }: Decision): ConsoleBlock[] {
  if (chunk.console === undefined) return [];
  const { offset, lines } = chunk.console;
  return [
    {
      tenantId: before.tenantId,
      runId: before.runId,
      seq: room.ground.ids.next(now),
      firstLine: offset,
      lines: lines.length,
      body: encodeConsoleLines(lines),
    },
  ];
}

/**
 * The summary replaces the one stored, or is merged into it ({@link knowsPart}). That of a late copy, whose lines are all
 * stored, may be older than what is stored: it is left out.
 */
async function summaryOf(tx: Transaction, { chunk, before, history }: Decision): Promise<RunSummary | undefined> {
  const isCopy = chunk.history !== undefined && history.lines.length === 0;
  if (chunk.summary === undefined || isCopy) return undefined;
  const stored = knowsPart(before, chunk) ? await findSummary(tx, before) : undefined;
  const known = stored === undefined ? {} : parseLooseJson(stored.raw);
  const values = isJsonObject(known) ? { ...known, ...chunk.summary.values } : chunk.summary.values;
  const raw = stored === undefined ? chunk.summary.raw : printLooseJson(values);
  return { tenantId: before.tenantId, runId: before.runId, raw, summary: cleanJson(values) };
}

function writerOffsets({ chunk, before, history, events }: Decision): WriterOffset[] {
  const { writer } = chunk;
  if (writer === undefined) return [];
  const { tenantId, runId } = before;
  const offset = (stream: Stream, next: number): WriterOffset[] =>
    chunk[stream] === undefined ? [] : [{ tenantId, runId, stream, writer, offset: next }];
  return [...offset('history', history.nextOffset), ...offset('events', events.nextOffset)];
}

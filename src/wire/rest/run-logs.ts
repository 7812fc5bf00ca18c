import { Readable } from 'node:stream';
import { z } from 'zod';
import { plainText } from '../../model/ansi.ts';
import { parseConsoleLine } from '../../model/console-line.ts';
import { type ConsoleChange, consoleChange, consoleRange, type NumberedLine } from '../../store/console-reads.ts';
import { searchConsole } from '../../store/console-search.ts';
import type { Database } from '../../store/database.ts';
import type { RunView } from '../../store/run-views.ts';
import { contentHeaders } from '../content-type.ts';
import { errors } from '../errors-schema.ts';
import type { RestResource } from './app.ts';
import { logMatches, logPage, logQuery, logSearchQuery, toLogLine } from './run-log-schemas.ts';
import { ofRun, requireRun } from './run-of.ts';
import { answers } from './schemas.ts';

const tags = ['runs'];
/** Lines read at a time for a download. */
const DOWNLOADED_AT_ONCE = 5_000;

/** What runs printed. */
export const runLogs: RestResource = (app, { ground }) => {
  app.get(
    '/entities/:entity/projects/:project/runs/:run/logs',
    {
      schema: {
        tags,
        summary: 'Read lines that a run printed: the last ones, those from a number on, or what is new',
        description:
          'A line keeps its number; a progress bar writes it anew. To follow a run, ask with `since` and the `revision` of the answer before.',
        params: ofRun,
        querystring: logQuery,
        response: answers(200, logPage),
      },
    },
    async ({ viewer, params, query: { from, limit, since } }) => {
      const run = await requireRun(ground, viewer, params);
      // before the lines: what is written in between is told once more
      const change = await consoleChange(ground.database, run, since ?? null);
      const range = rangeOf(run, { from, limit, change: since === undefined ? undefined : change });
      const lines = await consoleRange(ground.database, run, range);
      return {
        total: Math.max(run.consoleLines, change.lines?.to ?? 0),
        revision: change.revision,
        changedFrom: change.lines?.from ?? null,
        items: lines.map(toLogLine),
      };
    },
  );

  app.get(
    '/entities/:entity/projects/:project/runs/:run/logs/search',
    {
      schema: {
        tags,
        summary: 'Find the lines of a run that hold a text',
        description: 'An answer comes after so many lines or matches; ask again with `from` until `next` is null.',
        params: ofRun,
        querystring: logSearchQuery,
        response: answers(200, logMatches),
      },
    },
    async ({ viewer, params, query }) => {
      const run = await requireRun(ground, viewer, params);
      const { lines, next } = await searchConsole(ground.database, run, { ...query, total: run.consoleLines });
      return { items: [...lines], next, total: run.consoleLines };
    },
  );

  app.get(
    '/entities/:entity/projects/:project/runs/:run/logs/download',
    {
      schema: {
        tags,
        summary: 'Download everything that a run printed, as text without colours',
        params: ofRun,
        querystring: z.strictObject({
          timestamps: z.enum(['true', 'false']).default('false').describe('each line begins with its time'),
        }),
        response: { 200: z.unknown().describe('one line of text for each'), '4xx': errors },
      },
    },
    async ({ viewer, params, query: { timestamps } }, reply) => {
      const run = await requireRun(ground, viewer, params);
      return reply
        .headers(contentHeaders(`${run.name}.log`, { download: true }))
        .send(Readable.from(textOf(ground.database, run, timestamps === 'true')));
    },
  );
};

interface Asked {
  readonly from: number | undefined;
  readonly limit: number;
  /** `undefined` when no revision was given. */
  readonly change: ConsoleChange | undefined;
}

/** Of what changed, and of everything, the last lines come first: they are what one looks at. */
function rangeOf({ consoleLines }: RunView, { from, limit, change }: Asked): { from: number; before: number } {
  if (from !== undefined) return { from, before: Math.min(from + limit, consoleLines) };
  if (change === undefined) return { from: Math.max(0, consoleLines - limit), before: consoleLines };
  const { from: first, to } = change.lines ?? { from: 0, to: 0 };
  return { from: Math.max(first, to - limit), before: to };
}

async function* textOf(database: Database, run: RunView, timestamps: boolean): AsyncGenerator<string> {
  for (let from = 0; from < run.consoleLines; from += DOWNLOADED_AT_ONCE) {
    const before = Math.min(from + DOWNLOADED_AT_ONCE, run.consoleLines);
    const lines = await consoleRange(database, run, { from, before });
    yield lines.map((line) => `${written(line, timestamps)}\n`).join('');
  }
}

function written({ text }: NumberedLine, timestamps: boolean): string {
  const { timestamp, label, line } = parseConsoleLine(text);
  const before = [timestamps ? timestamp : undefined, label === undefined ? undefined : `[${label}]`];
  return [...before.filter((part) => part !== undefined), plainText(line)].join(' ');
}

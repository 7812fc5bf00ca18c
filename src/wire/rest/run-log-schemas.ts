import { z } from 'zod';
import { parseConsoleLine } from '../../model/console-line.ts';
import type { NumberedLine } from '../../store/console-reads.ts';
import { id } from './schemas.ts';

/** Lines of one answer. */
const MOST_LINES = 1_000;
const DEFAULT_LINES = 500;
/** Characters of a line in an answer. */
const LONGEST_LINE = 10_000;

const number = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

export const logQuery = z
  .strictObject({
    from: number.optional().describe('the first line; without it the answer holds the last lines'),
    limit: z.coerce.number().int().min(1).max(MOST_LINES).default(DEFAULT_LINES),
    since: id
      .optional()
      .describe('revision of an earlier answer: only lines that were written, or written anew, after it'),
  })
  .refine(({ from, since }) => from === undefined || since === undefined, {
    path: ['since'],
    message: 'ask either from a line on or since a revision',
  });

export const logSearchQuery = z.strictObject({
  text: z.string().min(1).max(200).describe('part of a line as it is shown, in any case'),
  from: number.default(0).describe('the first line that is looked at'),
});

const logLine = z
  .object({
    number: z.int().describe('counted from 0'),
    at: z.string().nullable().describe("when it was written, in UTC by the client's clock"),
    level: z.enum(['error']).nullable().describe('error: it was written to stderr'),
    label: z.string().nullable().describe('of the process that wrote it, where several write to one run'),
    text: z.string().describe(`with the escape sequences of terminals; its first ${LONGEST_LINE} characters`),
  })
  .meta({ id: 'LogLine' });

export const logPage = z
  .object({
    total: z.int().describe('how many lines there are; some numbers may have none'),
    revision: z.string().nullable().describe('for `since`: null before the first line'),
    changedFrom: z.int().nullable().describe('the first line that was written since; null when none was'),
    items: z.array(logLine),
  })
  .meta({ id: 'LogPage' });

export const logMatches = z
  .object({
    items: z.array(z.int()).describe('numbers of lines that hold the text'),
    next: z.int().nullable().describe('where to go on, with `from`; null at the end'),
    total: z.int().describe('how many lines there were'),
  })
  .meta({ id: 'LogMatches' });

export function toLogLine({ number: at, text }: NumberedLine): z.output<typeof logLine> {
  const { timestamp, level, label, line } = parseConsoleLine(text);
  return {
    number: at,
    at: timestamp ?? null,
    level: level ?? null,
    label: label ?? null,
    text: line.slice(0, LONGEST_LINE).toWellFormed(),
  };
}

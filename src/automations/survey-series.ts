import type { MetricAutomation } from '../engine/automation.ts';
import { BlockIndex, type BoundedBlock } from '../engine/block-index.ts';
import { lastValues, observedIn, partsOf, type SeriesPiece, splitPiece } from '../engine/series-piece.ts';
import { SeriesSurvey } from '../engine/series-survey.ts';
import { boundedBlocks } from '../store/column-bounds.ts';
import type { Queryable } from '../store/database.ts';
import { type Columns, findColumns } from '../store/history-columns.ts';
import type { StreamKey } from '../store/line-times.ts';
import type { LineRange } from '../store/own-lines.ts';
import { columnPieces, linePieces } from '../store/series-pieces.ts';

/** Newest lines that are read line by line where no columns are; older ones are left to those. */
const MOST_BARE_LINES = 4_096;
/** Values times window that are judged before time is asked for again. */
const WORK_AT_ONCE = 1_000_000;

/** What was found among the values that an automation judged. */
export interface Surveyed {
  readonly survey: SeriesSurvey;
  /** Values that came since the line asked for; `undefined` where they could not be counted in time. */
  readonly values: number | undefined;
  /** The newest values there are, oldest first, as many as the window takes. */
  readonly newest: readonly number[];
  /** Lines that are in no column and were not read. */
  readonly unread: number;
}

export interface SurveyRange {
  /** Lines that windows may take. */
  readonly own: LineRange;
  /** The first of them whose values are looked at. */
  readonly sinceLine: number;
}

/**
 * Looks at the values of a series from a line on: at the newest first, then at the blocks whose bounds say that they
 * may hold something better than what is known. A block that cannot is counted without being read, so that a million
 * values cost what their few hundred bounds do, and those blocks that matter.
 *
 * @param hasTime whether more may be read; {@link SeriesSurvey.looked} tells what was left out
 */
export async function surveySeries(
  database: Queryable,
  key: StreamKey,
  automation: MetricAutomation,
  { own, sinceLine }: SurveyRange,
  hasTime: () => boolean,
): Promise<Surveyed> {
  const { series, needs } = automation;
  const columns = await findColumns(database, key, key.stream, [series]);
  const { fromLine, beforeLine: lineCount } = own;
  const blocks = columns === undefined ? [] : blocksFrom(fromLine, await boundedBlocks(database, columns, series));
  const covered = Math.max(fromLine, Math.min(columns?.lines ?? 0, lineCount));
  const tailFrom = Math.max(covered, lineCount - MOST_BARE_LINES);
  const tail: SeriesPiece[] = [];
  const bare = { fromLine: tailFrom, beforeLine: lineCount };
  for await (const piece of linePieces(database, key, series, bare)) tail.push(piece);
  const index = new BlockIndex(blocks, needs);
  const walk = new Walk({ database, columns, index, automation, hasTime, fromLine });
  const newestBlocks = tailFrom === covered ? await walk.read(index.contextOf(blocks.length), blocks.length) : [];
  const inTail = walk.lookSince([...newestBlocks, ...tail], Math.max(sinceLine, tailFrom));
  const inBlocks = await walk.lookAtBlocks(sinceLine);
  const unread = tailFrom - covered;
  return {
    survey: walk.survey,
    values: unread === 0 || sinceLine >= tailFrom ? inTail + inBlocks : undefined,
    newest: lastValues([...newestBlocks, ...tail], needs),
    unread,
  };
}

/** Those that reach beyond a line. What one that begins before it holds behind it has to be read: its count says nothing. */
function blocksFrom(line: number, blocks: readonly BoundedBlock[]): BoundedBlock[] {
  const reaching = blocks.filter(({ firstLine, lines }) => firstLine + lines > line);
  return reaching.map((block) => (block.firstLine < line ? { ...block, observed: 0 } : block));
}

interface WalkGround {
  readonly database: Queryable;
  readonly columns: Columns | undefined;
  readonly index: BlockIndex;
  readonly automation: MetricAutomation;
  readonly hasTime: () => boolean;
  /** No window takes what stands before. */
  readonly fromLine: number;
}

/** A walk over the columns of a series. Columns that go away meanwhile are taken for values that were not looked at. */
class Walk {
  readonly survey: SeriesSurvey;
  readonly #ground: WalkGround;
  /** Values times window that were judged since time was asked for: what is little is never left out. */
  #work = 0;

  constructor(ground: WalkGround) {
    this.survey = new SeriesSurvey(ground.automation);
    this.#ground = ground;
  }

  /** @returns how many values came since a line */
  async lookAtBlocks(sinceLine: number): Promise<number> {
    const { blocks } = this.#ground.index;
    const first = blocks.findIndex(({ firstLine, lines }) => firstLine + lines > sinceLine);
    if (first === -1) return 0;
    const isCut = (blocks[first]?.firstLine ?? 0) < sinceLine;
    const cut = isCut ? await this.#lookAt(first, sinceLine) : 0;
    const places = Array.from(blocks.keys()).slice(isCut ? first + 1 : first);
    await this.#lookAtBest(places);
    return places.reduce((sum, place) => sum + (blocks[place]?.observed ?? 0), cut);
  }

  /** The pieces of blocks from one place and before another. */
  async read(from: number, before: number): Promise<readonly SeriesPiece[]> {
    const { database, columns, index, automation, fromLine } = this.#ground;
    const [first, last] = [index.blocks[from], index.blocks[before - 1]];
    if (columns === undefined || first === undefined || last === undefined || from >= before) return [];
    const range = { fromLine: Math.max(fromLine, first.firstLine), beforeLine: last.firstLine + last.lines };
    return (await columnPieces(database, columns, automation.series, range)) ?? [];
  }

  /** Looks at what of consecutive pieces stands from a line on. @returns how many values that are */
  lookSince(pieces: readonly SeriesPiece[], line: number): number {
    const { automation } = this.#ground;
    const split = pieces.map((piece) => splitPiece(piece, line));
    const before = split.map(([earlier]) => earlier);
    const own = split.map(([, later]) => later);
    const look = this.survey.stretch(lastValues(before, automation.needs));
    const size = Math.ceil(WORK_AT_ONCE / automation.needs);
    const parts = own.flatMap((piece) => [...partsOf(piece, size)]);
    for (const part of parts) {
      if (!this.#mayGoOn()) break;
      look(part);
      this.#work += part.values.length * automation.needs;
    }
    return observedIn(own);
  }

  #mayGoOn(): boolean {
    if (this.#work < WORK_AT_ONCE) return true;
    this.#work = 0;
    return this.#ground.hasTime();
  }

  async #lookAtBest(places: readonly number[]): Promise<void> {
    const { index, automation, hasTime } = this.#ground;
    for (const [rank, { place, least, allHold }] of index.ranked(places, automation.event).entries()) {
      const { observed = 0, firstLine = 0, lines = 0 } = index.blocks[place] ?? {};
      const nearer = least < (this.survey.nearest?.shortfall ?? Number.POSITIVE_INFINITY);
      if (allHold) this.survey.hold(observed, firstLine + lines - 1);
      else if (least > 0 && !nearer) this.survey.pass(observed, false);
      else if (rank === 0 || hasTime()) await this.#lookAt(place, firstLine);
      else if (least > 0) this.survey.pass(observed, true);
    }
  }

  async #lookAt(place: number, sinceLine: number): Promise<number> {
    return this.lookSince(await this.read(this.#ground.index.contextOf(place), place + 1), sinceLine);
  }
}

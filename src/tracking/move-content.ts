import { setTimeout as rest } from 'node:timers/promises';
import type { BlobStore } from '../blobs/blob-store.ts';
import { measureAll } from '../blobs/measured.ts';
import type { BlobKey } from '../model/blob-key.ts';
import { TriplineError } from '../model/error.ts';
import type { Database } from '../store/database.ts';
import { isContentNeeded, NAMING, type NamedContent, type Naming, namedContent } from '../store/named-content.ts';

/** From where to where. Every node finds content in both while it is moved. */
export interface Move {
  readonly database: Database;
  readonly from: BlobStore;
  readonly to: BlobStore;
  /** Told after each slice. @throws whatever ends the move */
  readonly onProgress: (moved: Moved) => Promise<void>;
}

export interface Moved {
  /** Now in their new place, and no more in the old one. */
  readonly files: number;
  readonly bytes: number;
  /** Looked at, wherever they lay. */
  readonly seen: number;
  /** Left where they are, each with the reason; the first of them. */
  readonly faults: readonly string[];
  readonly faultCount: number;
}

const SLICE = 200;
const AT_ONCE = 8;
const FAULTS_TOLD = 20;
/** A place that is busy is asked so often. */
const ATTEMPTS = 4;

/** What came of one file. */
type Outcome =
  | { readonly kind: 'moved'; readonly bytes: number }
  | { readonly kind: 'there' | 'gone' }
  | { readonly kind: 'fault'; readonly reason: string };

/**
 * Carries all content that rows name to its new place: it is copied, the copy is read again and compared with the
 * digest, and only then the old one is removed. Ended at any moment, another one goes on with what is left. What is
 * stored meanwhile is left alone, since it is stored in the new place.
 */
export async function moveContent(move: Move): Promise<Moved> {
  let moved: Moved = { files: 0, bytes: 0, seen: 0, faults: [], faultCount: 0 };
  const unfinished = await move.from.unfinished();
  for (const naming of NAMING) {
    for (let after: readonly string[] | undefined; ; ) {
      const slice = await namedContent(move.database, naming, after, SLICE);
      const outcomes = await eachOf(slice, (content) => moveOne(move, naming, content, unfinished));
      moved = outcomes.reduce(add, moved);
      await move.onProgress(moved);
      after = slice.at(-1)?.at;
      if (slice.length < SLICE) break;
    }
  }
  return moved;
}

/** A few at a time. */
async function eachOf<T, U>(items: readonly T[], work: (item: T) => Promise<U>): Promise<U[]> {
  const left = [...items];
  const done: U[] = [];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) done.push(await work(item));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return done;
}

function add(moved: Moved, outcome: Outcome): Moved {
  const seen = moved.seen + 1;
  switch (outcome.kind) {
    case 'moved':
      return { ...moved, seen, files: moved.files + 1, bytes: moved.bytes + outcome.bytes };
    case 'there':
    case 'gone':
      return { ...moved, seen };
    case 'fault': {
      const faults = [...moved.faults, outcome.reason].slice(0, FAULTS_TOLD);
      return { ...moved, seen, faults, faultCount: moved.faultCount + 1 };
    }
  }
}

/** @param unfinished what is there in part only, where content comes from */
async function moveOne(
  move: Move,
  naming: Naming,
  content: NamedContent,
  unfinished: ReadonlySet<BlobKey>,
): Promise<Outcome> {
  const { blob } = content;
  try {
    const source = await move.from.stat(blob);
    if (source === undefined && (await move.to.stat(blob)) !== undefined) {
      // by a move in the other direction that was killed
      if (unfinished.has(blob)) await move.from.delete(blob);
      return { kind: 'there' };
    }
    const fault =
      source === undefined
        ? 'it is in neither place'
        : await patiently(() => copy(move, content, source.size)).catch(wordsOf);
    if (!(await isNeeded(move, naming, content))) {
      // it was removed in both places, perhaps before the copy was there
      await move.to.delete(blob);
      return { kind: 'gone' };
    }
    if (source === undefined || fault !== undefined) return { kind: 'fault', reason: `${blob}: ${fault}` };
    await move.from.delete(blob);
    return { kind: 'moved', bytes: source.size };
  } catch (error) {
    return { kind: 'fault', reason: `${blob}: ${wordsOf(error)}` };
  }
}

function isNeeded({ database }: Move, naming: Naming, content: NamedContent): Promise<boolean> {
  return database.transaction((tx) => isContentNeeded(tx, naming, content));
}

/** Does it again when a place is busy. @throws what came of it at last */
async function patiently<Done>(work: () => Promise<Done>): Promise<Done> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const isBusy = error instanceof TriplineError && error.code === 'unavailable' && attempt < ATTEMPTS;
      if (!isBusy) throw error;
      await rest(1_000 * (error.retryAfter ?? 1) * attempt);
    }
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** @param there bytes where it comes from @returns what keeps the copy from being trusted; then none is left */
async function copy({ from, to }: Move, { blob, md5, size }: NamedContent, there: number): Promise<string | undefined> {
  let expected = md5 ?? undefined;
  if ((await to.stat(blob))?.size !== size) {
    // what a move that was killed left unfinished
    await to.delete(blob);
    const hints = { sought: true, announced: { size: there } } as const;
    const copied = await to.put(blob, await from.get(blob), there, hints);
    expected ??= copied.md5;
  }
  expected ??= (await measureAll(await from.get(blob))).md5;
  const found = await measureAll(await to.get(blob));
  if (found.md5 === expected && found.size === size) return undefined;
  await to.delete(blob);
  return `it has the MD5 ${found.md5} and ${found.size} bytes, not ${expected} and ${size}: it is damaged, and left where it is`;
}

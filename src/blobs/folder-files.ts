import { constants } from 'node:fs';
import { type FileHandle, open, opendir, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ByteRange, StoredBlob } from './blob-store.ts';
import { digestOf, hashFile } from './file-hashes.ts';
import { chained, measurePieces } from './measured.ts';
import type { SyncedFolders } from './synced-folders.ts';
import { whenAllEnd } from './when-all-end.ts';
import { writeAll, writeBehind } from './write-behind.ts';

/** What is read at once: larger than a stream's usual 64 KiB, which costs a turn of the event loop each. */
export const CHUNK = 256 * 1024;

const { O_CREAT, O_EXCL, O_SYNC, O_WRONLY } = constants;
const NEW = O_WRONLY | O_CREAT | O_EXCL;

/** What comes of content before it is written. */
export interface Beginning {
  readonly first: readonly Buffer[];
  /** What is behind it; `undefined` when it is all. */
  readonly rest: AsyncIterable<Buffer> | undefined;
}

/** Takes in the first bytes, which are all there is of small content. */
export async function beginningOf(content: AsyncGenerator<Buffer>): Promise<Beginning> {
  const first: Buffer[] = [];
  for (let size = 0; size <= CHUNK; ) {
    const next = await content.next();
    if (next.done) return { first, rest: undefined };
    first.push(next.value);
    size += next.value.length;
  }
  return { first, rest: content };
}

/**
 * Writes a file that is not there yet and that nobody looks for: its bytes and its name go to the disk at the same
 * time, and are there when this resolves.
 */
export async function writeAtOnce(
  path: string,
  pieces: readonly Buffer[],
  folders: SyncedFolders,
): Promise<StoredBlob> {
  const folder = dirname(path);
  // they are on disk when they are written, without a further call
  const create = () => open(path, NEW | O_SYNC, 0o600);
  const file = await inFolder(folder, folders, create);
  try {
    const writing = pieces.length > 0 ? writeAll(file, pieces, 0) : file.sync();
    const stored = measurePieces(pieces);
    await whenAllEnd([writing, folders.sync(folder)]);
    return stored;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

/** Writes a file that is not there yet; when this resolves its bytes are on disk, but not its name. */
export async function writeFile(path: string, { first, rest }: Beginning): Promise<StoredBlob> {
  const file = await open(path, NEW, 0o600);
  try {
    return await writeHashed(file, path, chained(first, rest), 0);
  } finally {
    await file.close();
  }
}

/** Reads a part of a file at once. */
export async function readPart(path: string, { start, end }: ByteRange): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const part = Buffer.allocUnsafe(end - start + 1);
    let size = 0;
    for (let read = -1; read !== 0 && size < part.length; size += read) {
      read = (await file.read(part, size, part.length - size, start + size)).bytesRead;
    }
    return part.subarray(0, size);
  } finally {
    await file.close();
  }
}

/**
 * Writes large content from some place of a file on, and measures it beside; when this resolves its bytes are on disk.
 *
 * @param path of the file
 */
export async function writeHashed(
  file: FileHandle,
  path: string,
  content: AsyncIterable<Buffer>,
  start: number,
): Promise<StoredBlob> {
  const hash = hashFile(path, start);
  let size = 0;
  const md5 = await digestOf(hash, () =>
    writeBehind(file, content, start, (bytes) => {
      size += bytes;
      // what becomes of it is told at the end
      hash.take(bytes).catch(() => {});
    }),
  );
  return { size, md5 };
}

/** As much of a file is read at a time before others have their turn. */
const STRETCH = 32 * CHUNK;

/** Reads a file to its end, keeping none of it. */
export async function measureFile(path: string): Promise<StoredBlob> {
  const { size } = await stat(path);
  const hash = hashFile(path, 0);
  const md5 = await digestOf(hash, async () => {
    for (let left = size; left > 0; left -= STRETCH) await hash.take(Math.min(left, STRETCH));
  });
  return { size, md5 };
}

/** Gives a file its name, which is on disk when this resolves. */
export async function moveFile(from: string, to: string, folders: SyncedFolders): Promise<void> {
  const folder = dirname(to);
  await inFolder(folder, folders, () => rename(from, to));
  await folders.sync(folder);
}

/** Does something in a folder that may not be there yet. */
async function inFolder<Done>(folder: string, folders: SyncedFolders, work: () => Promise<Done>): Promise<Done> {
  return work().catch(async (error: unknown) => {
    if (!isMissing(error)) throw error;
    await folders.make(folder);
    return work();
  });
}

/** Whether there is anything in a folder, however much that is. */
export async function holdsAny(path: string): Promise<boolean> {
  try {
    for await (const _any of await opendir(path)) return true;
    return false;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** The new name of a file is on disk only when its folder is. */
export async function syncFolder(path: string): Promise<void> {
  const folder: FileHandle = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

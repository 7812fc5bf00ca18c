import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { StoredBlob } from './blob-store.ts';
import { measured } from './measured.ts';

/** What is read at once: larger than a stream's usual 64 KiB, which costs a turn of the event loop each. */
export const CHUNK = 256 * 1024;

/** Writes a file that is not there yet; when this resolves its bytes are on disk, but not its name. */
export async function writeFile(path: string, content: AsyncIterable<Buffer>, limit: number): Promise<StoredBlob> {
  const file = await open(path, 'wx', 0o600);
  try {
    const passing = measured(content, limit);
    for await (const part of passing.content) await writePart(file, part);
    await file.sync();
    return passing.measure();
  } finally {
    await file.close();
  }
}

/** Writes all of a part. @param at where; without it behind what was written before */
export async function writePart(file: FileHandle, part: Buffer, at?: number): Promise<void> {
  for (let written = 0; written < part.length; ) {
    const position = at === undefined ? null : at + written;
    written += (await file.write(part, written, part.length - written, position)).bytesWritten;
  }
}

/** Reads a file to its end, all through one piece of memory. */
export async function measureFile(path: string): Promise<StoredBlob> {
  const file = await open(path, 'r');
  try {
    const md5 = createHash('md5');
    const piece = Buffer.allocUnsafe(4 * CHUNK);
    let size = 0;
    for (let read = -1; read !== 0; size += read) {
      read = (await file.read(piece, 0, piece.length, size)).bytesRead;
      md5.update(piece.subarray(0, read));
    }
    return { size, md5: md5.digest('base64') };
  } finally {
    await file.close();
  }
}

/** Gives a file its name, which is on disk when this resolves. */
export async function moveFile(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await rename(from, to);
  await syncFolder(dirname(to));
}

/** The new name of a file is on disk only when its folder is. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

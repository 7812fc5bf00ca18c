import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { notFound, TriplineError } from '../model/error.ts';
import type { StoredBlob, WantedPart } from './blob-store.ts';
import { CHUNK, isMissing, measureFile, syncFolder, writePart } from './folder-files.ts';
import { expectPart, measured } from './measured.ts';

/** A part that is whole and on disk is told by an empty file: `<number>-<MD5 in hex>-<bytes>`. */
const PART = /^(\d{1,5})-([0-9a-f]{32})-(\d{1,16})$/;

/** Parts that are being written by this process: two writers of one would mix their bytes. */
const writing = new Set<string>();

/**
 * The parts of one blob, in a folder of their own until they are put together. Parts of one size lie in one file, each
 * where it is to be; so all but the last, which is smaller, are in their places when they have come.
 */
export class FolderParts {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  async begin(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
  }

  exist(): Promise<boolean> {
    return stat(this.folder).then(
      () => true,
      (error: unknown) => {
        if (isMissing(error)) return false;
        throw error;
      },
    );
  }

  async put(part: WantedPart, content: AsyncIterable<Buffer>): Promise<void> {
    const place = join(this.folder, String(part.number));
    if (writing.has(place)) {
      throw new TriplineError('unavailable', 'this part is being sent already; try again', { retryAfter: 1 });
    }
    writing.add(place);
    try {
      await this.#forget(part.number);
      await this.#write(part, content);
      await (await open(join(this.folder, nameOf(part)), 'w', 0o600)).close();
      await syncFolder(this.folder);
    } catch (error) {
      throw isMissing(error) ? ended() : error;
    } finally {
      writing.delete(place);
    }
  }

  async list(): Promise<WantedPart[]> {
    const names = await readdir(this.folder).catch((error: unknown) => {
      throw isMissing(error) ? ended() : error;
    });
    const parts = names.flatMap((name) => {
      const [, number, hex = '', size] = PART.exec(name) ?? [];
      const md5 = Buffer.from(hex, 'hex').toString('base64');
      return number === undefined ? [] : [{ number: Number(number), md5, size: Number(size) }];
    });
    return parts.sort((one, other) => one.number - other.number);
  }

  /** Makes one file of the parts, which it hands to `place`. */
  async assemble(place: (whole: string) => Promise<void>): Promise<StoredBlob> {
    try {
      const parts = await this.list();
      const whole = await this.#join(parts);
      const stored = await measureFile(whole);
      await place(whole);
      return stored;
    } catch (error) {
      // another node has put it together and taken the parts away
      if (isMissing(error)) throw new TriplineError('unavailable', 'the parts were put together just now; try again');
      throw error;
    }
  }

  /** @returns the file in which all parts lie behind one another */
  async #join(parts: readonly WantedPart[]): Promise<string> {
    const [first, ...others] = parts;
    const last = others.at(-1) ?? first;
    if (first === undefined || last === undefined) throw notFound('this upload has no parts');
    const inPlace = parts.every((part) => part === last || part.size === first.size);
    // of other sizes they are brought together in another file
    const path = inPlace ? this.#fileOf(first) : join(this.folder, `whole-${randomUUID()}`);
    const whole = await open(path, inPlace ? 'r+' : 'wx', 0o600);
    try {
      let end = 0;
      for (const part of parts) {
        if (!inPlace || part.size !== first.size) await copyInto(whole, end, this.#read(part));
        end += part.size;
      }
      await whole.truncate(end);
      await whole.sync();
    } finally {
      await whole.close();
    }
    return path;
  }

  #read(part: WantedPart): AsyncIterable<Buffer> {
    if (part.size === 0) return Readable.from([]);
    const start = offsetOf(part);
    return createReadStream(this.#fileOf(part), { start, end: start + part.size - 1, highWaterMark: CHUNK });
  }

  async #write(part: WantedPart, content: AsyncIterable<Buffer>): Promise<void> {
    const file = await openFile(this.#fileOf(part));
    try {
      const passing = measured(content, part.size);
      await copyInto(file, offsetOf(part), passing.content);
      expectPart(part, passing.measure());
      await file.sync();
    } finally {
      await file.close();
    }
  }

  async #forget(number: number): Promise<void> {
    const known = (await this.list()).filter((part) => part.number === number);
    for (const part of known) await rm(join(this.folder, nameOf(part)), { force: true });
  }

  #fileOf({ size }: WantedPart): string {
    return join(this.folder, `of-${size}`);
  }
}

async function copyInto(file: FileHandle, start: number, content: AsyncIterable<Buffer>): Promise<void> {
  let at = start;
  for await (const bytes of content) {
    await writePart(file, bytes, at);
    at += bytes.length;
  }
}

/** Opens a file for writing anywhere in it, whether or not it is there. */
async function openFile(path: string): Promise<FileHandle> {
  return open(path, 'r+').catch(async (error: unknown) => {
    if (!isMissing(error)) throw error;
    // another part may make it at the same moment
    await (await open(path, 'a', 0o600)).close();
    return open(path, 'r+');
  });
}

function offsetOf({ number, size }: WantedPart): number {
  return (number - 1) * size;
}

function nameOf({ number, md5, size }: WantedPart): string {
  return `${number}-${Buffer.from(md5, 'base64').toString('hex')}-${size}`;
}

function ended(): TriplineError {
  return notFound('this upload has ended: begin a new one');
}

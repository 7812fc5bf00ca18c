import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { notFound, TriplineError } from '../model/error.ts';
import type { StoredBlob, WantedPart } from './blob-store.ts';
import { CHUNK, isMissing, measureFile, syncFolder, writeHashed } from './folder-files.ts';
import { expectPart, limited, measureAll } from './measured.ts';
import { writeBehind } from './write-behind.ts';

/** A part that is whole and on disk is told by an empty file: `<number>-<MD5 in hex>-<bytes>`. */
const PART = /^(\d{1,5})-([0-9a-f]{32})-(\d{1,16})$/;

/** As long as somebody writes a part there is such a file; a killed process leaves it. */
const WRITER = 'writer-';

/**
 * The parts of one blob, in a folder of their own until they are put together. Parts of one size lie in one file, each
 * where it is to be; so all but the last, which is smaller, are in their places when they have come.
 *
 * Several servers may share the folder, and a part may be on its way to two of them. Whoever writes says so before he
 * looks whether the part is there. So when all parts are there, and nobody says that he writes, nobody has the file
 * open, nor will open it: it can be what the blob is from now on. Otherwise the parts are brought together in another
 * file, which no late writer reaches.
 */
export class FolderParts {
  readonly folder: string;
  readonly #writing: Set<string>;

  /** @param writing parts that this server writes: two writers of one would mix their bytes */
  constructor(folder: string, writing: Set<string>) {
    this.folder = folder;
    this.#writing = writing;
  }

  async begin(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
  }

  async put(part: WantedPart, content: AsyncIterable<Buffer>): Promise<void> {
    const place = join(this.folder, String(part.number));
    if (this.#writing.has(place)) {
      throw new TriplineError('unavailable', 'this part is being sent already; try again', { retryAfter: 1 });
    }
    this.#writing.add(place);
    const writer = join(this.folder, WRITER + randomUUID());
    try {
      await createFile(writer);
      const known = await this.#known(part);
      // what is there is not touched again, whatever size it is said to have: it may break off, or come to a whole file
      if (known !== undefined) expectPart(known, await measureAll(content));
      else await this.#keep(part, content);
    } catch (error) {
      throw isMissing(error) ? ended() : error;
    } finally {
      this.#writing.delete(place);
      await rm(writer, { force: true });
    }
  }

  async list(): Promise<WantedPart[]> {
    const parts = (await this.#names()).flatMap((name) => {
      const [, number, hex = '', size] = PART.exec(name) ?? [];
      const md5 = Buffer.from(hex, 'hex').toString('base64');
      return number === undefined ? [] : [{ number: Number(number), md5, size: Number(size) }];
    });
    return parts.sort((one, other) => one.number - other.number);
  }

  /** Makes one file of the parts, which have all arrived, and hands it to `place`. */
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
    const areAlike = parts.every((part) => part === last || part.size === first.size);
    const inPlace = areAlike && !(await this.#isWritten());
    const path = inPlace ? this.#fileOf(first) : join(this.folder, `whole-${randomUUID()}`);
    const whole = await open(path, inPlace ? 'r+' : 'wx', 0o600);
    try {
      let end = 0;
      for (const part of parts) {
        if (!inPlace || part.size !== first.size) await writeBehind(whole, this.#read(part), end);
        end += part.size;
      }
      await whole.truncate(end);
      await whole.sync();
    } finally {
      await whole.close();
    }
    return path;
  }

  /** Whether somebody may write. Ask for the parts before. */
  async #isWritten(): Promise<boolean> {
    return (await this.#names()).some((name) => name.startsWith(WRITER));
  }

  #names(): Promise<string[]> {
    return readdir(this.folder).catch((error: unknown) => {
      throw isMissing(error) ? ended() : error;
    });
  }

  #read(part: WantedPart): AsyncIterable<Buffer> {
    if (part.size === 0) return Readable.from([]);
    const start = offsetOf(part);
    return createReadStream(this.#fileOf(part), { start, end: start + part.size - 1, highWaterMark: CHUNK });
  }

  async #known({ number, md5 }: WantedPart): Promise<WantedPart | undefined> {
    return (await this.list()).find((known) => known.number === number && known.md5 === md5);
  }

  async #keep(part: WantedPart, content: AsyncIterable<Buffer>): Promise<void> {
    await this.#write(part, content);
    await createFile(join(this.folder, nameOf(part)));
    await syncFolder(this.folder);
  }

  async #write(part: WantedPart, content: AsyncIterable<Buffer>): Promise<void> {
    const path = this.#fileOf(part);
    const file = await openFile(path);
    try {
      expectPart(part, await writeHashed(file, path, limited(content, part.size), offsetOf(part)));
    } finally {
      await file.close();
    }
  }

  #fileOf({ size }: WantedPart): string {
    return join(this.folder, `of-${size}`);
  }
}

async function createFile(path: string): Promise<void> {
  await (await open(path, 'w', 0o600)).close();
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

import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { notFound, TriplineError } from '../model/error.ts';
import type { StoredBlob, WantedPart } from './blob-store.ts';
import { CHUNK, isMissing, syncFolder, writeFile } from './folder-files.ts';
import { expectPart } from './measured.ts';

/** A part that is whole and on disk says by its name which it is: `<number>-<MD5 in hex>`. */
const PART = /^(\d{1,5})-([0-9a-f]{32})$/;

/** The parts of one blob, as files in a folder of their own until they are put together. */
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
    const unfinished = join(this.folder, `${part.number}-${randomUUID()}`);
    try {
      expectPart(part, await writeFile(unfinished, content, part.size));
      const name = `${part.number}-${hexOf(part.md5)}`;
      await rename(unfinished, join(this.folder, name));
      await syncFolder(this.folder);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw isMissing(error) ? ended() : error;
    }
  }

  async list(): Promise<WantedPart[]> {
    const names = await readdir(this.folder).catch((error: unknown) => {
      throw isMissing(error) ? ended() : error;
    });
    const found = names.flatMap((name) => {
      const [, number = '', hex = ''] = PART.exec(name) ?? [];
      return number === '' ? [] : [{ name, number: Number(number), md5: Buffer.from(hex, 'hex').toString('base64') }];
    });
    const sizes = await Promise.all(found.map(({ name }) => stat(join(this.folder, name))));
    const parts = found.map(({ number, md5 }, index) => ({ number, md5, size: sizes[index]?.size ?? 0 }));
    return parts.sort((one, other) => one.number - other.number);
  }

  /** Writes the parts behind one another into a file, which it hands to `place`. */
  async assemble(place: (whole: string) => Promise<void>): Promise<StoredBlob> {
    const parts = await this.list();
    const whole = join(this.folder, `whole-${randomUUID()}`);
    try {
      const stored = await writeFile(whole, this.#read(parts), Number.MAX_SAFE_INTEGER);
      await place(whole);
      return stored;
    } catch (error) {
      await rm(whole, { force: true });
      // another node has put it together and taken the parts away
      if (isMissing(error)) throw new TriplineError('unavailable', 'the parts were put together just now; try again');
      throw error;
    }
  }

  async *#read(parts: readonly WantedPart[]): AsyncGenerator<Buffer> {
    for (const { number, md5 } of parts) {
      yield* createReadStream(join(this.folder, `${number}-${hexOf(md5)}`), { highWaterMark: CHUNK });
    }
  }
}

function hexOf(md5: string): string {
  return Buffer.from(md5, 'base64').toString('hex');
}

function ended(): TriplineError {
  return notFound('this upload has ended: begin a new one');
}

import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { BlobKey } from '../model/blob-key.ts';
import { notFound, TriplineError } from '../model/error.ts';
import type { BlobStore, ByteRange, StoredBlob } from './blob-store.ts';

const KEY = /^\d{1,19}\/\d{1,19}$/;

/**
 * Keeps blobs as files below a folder. What is being written lies apart, in `incoming`, and is moved into its
 * place when it is whole and on disk.
 */
export async function openFolderBlobs(root: string): Promise<BlobStore> {
  await mkdir(join(root, INCOMING), { recursive: true });
  return new FolderBlobs(root);
}

const INCOMING = 'incoming';

class FolderBlobs implements BlobStore {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async put(key: BlobKey, content: AsyncIterable<Buffer>, limit: number): Promise<StoredBlob> {
    const path = this.#path(key);
    const unfinished = this.#unfinished(key);
    try {
      const stored = await writeAll(unfinished, content, limit);
      await mkdir(dirname(path), { recursive: true });
      await rename(unfinished, path);
      await syncFolder(dirname(path));
      return stored;
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  }

  async get(key: BlobKey, range?: ByteRange): Promise<Readable> {
    const file = await open(this.#path(key), 'r').catch((error: unknown) => {
      throw isMissing(error) ? notFound('the content of this file is gone') : error;
    });
    return file.createReadStream(range);
  }

  async stat(key: BlobKey): Promise<number | undefined> {
    try {
      return (await stat(this.#path(key))).size;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async delete(key: BlobKey): Promise<void> {
    await Promise.all([this.#path(key), this.#unfinished(key)].map((path) => rm(path, { force: true })));
  }

  #unfinished(key: BlobKey): string {
    return join(this.#root, INCOMING, key.replace('/', '-'));
  }

  /** Keys are spread over a hundred folders for each tenant by their last digits, which differ most. */
  #path(key: BlobKey): string {
    if (!KEY.test(key)) throw new TypeError('a blob key is "<tenant id>/<large id>"');
    const [tenant = '', id = ''] = key.split('/');
    return join(this.#root, tenant, id.slice(-2).padStart(2, '0'), id);
  }
}

async function writeAll(path: string, content: AsyncIterable<Buffer>, limit: number): Promise<StoredBlob> {
  const file = await open(path, 'wx', 0o600);
  try {
    const md5 = createHash('md5');
    let size = 0;
    for await (const part of content) {
      size += part.length;
      if (size > limit) throw new TriplineError('too_large', `a file may have at most ${limit} bytes`);
      md5.update(part);
      await writePart(file, part);
    }
    await file.sync();
    return { size, md5: md5.digest('base64') };
  } finally {
    await file.close();
  }
}

async function writePart(file: FileHandle, part: Buffer): Promise<void> {
  for (let written = 0; written < part.length; ) {
    written += (await file.write(part, written)).bytesWritten;
  }
}

/** The new name of a file is on disk only when its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

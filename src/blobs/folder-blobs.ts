import { mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { BlobKey } from '../model/blob-key.ts';
import { notFound } from '../model/error.ts';
import {
  type BlobStore,
  type ByteRange,
  type FoundBlob,
  type PartUpload,
  requireKey,
  type StoredBlob,
  type WantedPart,
} from './blob-store.ts';
import { CHUNK, isMissing, moveFile, writeFile } from './folder-files.ts';
import { FolderParts } from './folder-parts.ts';
import { measureAll } from './measured.ts';

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
      const stored = await writeFile(unfinished, content, limit);
      await moveFile(unfinished, path);
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
    return file.createReadStream({ ...range, highWaterMark: CHUNK });
  }

  async stat(key: BlobKey): Promise<FoundBlob | undefined> {
    try {
      return { size: (await stat(this.#path(key))).size, md5: undefined };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async delete(key: BlobKey): Promise<void> {
    const files = [this.#path(key), this.#unfinished(key), this.#parts(key).folder];
    await Promise.all(files.map((path) => rm(path, { force: true, recursive: true })));
  }

  async beginParts(key: BlobKey): Promise<string> {
    await this.#parts(key).begin();
    return 'parts';
  }

  putPart({ key }: PartUpload, part: WantedPart, content: AsyncIterable<Buffer>): Promise<void> {
    return this.#parts(key).put(part, content);
  }

  listParts({ key }: PartUpload): Promise<WantedPart[]> {
    return this.#parts(key).list();
  }

  async assemble({ key }: PartUpload): Promise<StoredBlob> {
    const parts = this.#parts(key);
    if (await parts.exist()) {
      const stored = await parts.assemble((whole) => moveFile(whole, this.#path(key)));
      await rm(parts.folder, { recursive: true, force: true });
      return stored;
    }
    return measureAll(await this.get(key));
  }

  #parts(key: BlobKey): FolderParts {
    return new FolderParts(`${this.#unfinished(key)}.parts`);
  }

  #unfinished(key: BlobKey): string {
    return join(this.#root, INCOMING, requireKey(key).replace('/', '-'));
  }

  /** Keys are spread over a hundred folders for each tenant by their last digits, which differ most. */
  #path(key: BlobKey): string {
    const [tenant = '', id = ''] = requireKey(key).split('/');
    return join(this.#root, tenant, id.slice(-2).padStart(2, '0'), id);
  }
}

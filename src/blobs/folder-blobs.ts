import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { BlobKey } from '../model/blob-key.ts';
import { notFound } from '../model/error.ts';
import {
  type BlobStore,
  type ByteRange,
  type FoundBlob,
  type PartUpload,
  type PutHints,
  requireKey,
  type StoredBlob,
  type WantedPart,
} from './blob-store.ts';
import {
  beginningOf,
  CHUNK,
  holdsAny,
  isMissing,
  measureFile,
  moveFile,
  readPart,
  writeAtOnce,
  writeFile,
} from './folder-files.ts';
import { FolderParts } from './folder-parts.ts';
import { limited } from './measured.ts';
import { Portions } from './portions.ts';
import { SyncedFolders } from './synced-folders.ts';

/**
 * Keeps blobs as files below a folder. What is being written lies apart, in `incoming`, and is moved into its
 * place when it is whole and on disk; but what is small, and that nobody looks for yet, is written there at once.
 */
export async function openFolderBlobs(root: string): Promise<BlobStore> {
  await mkdir(join(root, INCOMING), { recursive: true });
  return new FolderBlobs(root);
}

const INCOMING = 'incoming';
const PARTS = '.parts';
/** What all downloads read at once; each holds a few times its portion. */
const READS = 4 * CHUNK;

class FolderBlobs implements BlobStore {
  readonly #root: string;
  readonly #folders = new SyncedFolders();
  readonly #partsInWriting = new Set<string>();
  readonly #reads = new Portions(READS, { least: CHUNK / 4, largest: CHUNK });
  readonly #looking = new Map<string, Promise<boolean>>();

  constructor(root: string) {
    this.#root = root;
  }

  async put(
    key: BlobKey,
    content: AsyncIterable<Buffer>,
    limit: number,
    { sought }: PutHints = {},
  ): Promise<StoredBlob> {
    const path = this.#path(key);
    const beginning = await beginningOf(limited(content, limit));
    const { first, rest } = beginning;
    if (rest === undefined && sought === undefined) return writeAtOnce(path, first, this.#folders);
    const unfinished = this.#unfinished(key);
    try {
      const stored = await writeFile(unfinished, beginning);
      await moveFile(unfinished, path, this.#folders);
      return stored;
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  }

  async get(key: BlobKey, range?: ByteRange): Promise<Readable> {
    const file = await open(this.#path(key), 'r').catch(refuse);
    const leave = this.#reads.join();
    return file.createReadStream({ ...range, highWaterMark: this.#reads.portion }).on('close', leave);
  }

  read(key: BlobKey, range: ByteRange): Promise<Buffer> {
    return readPart(this.#path(key), range).catch(refuse);
  }

  async stat(key: BlobKey): Promise<FoundBlob | undefined> {
    try {
      return { size: (await stat(this.#path(key))).size, md5: undefined };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** Looks whether anything at all lies in the same folder, once for all that are asked for meanwhile. */
  mayHold(key: BlobKey): Promise<boolean> {
    const folder = dirname(this.#path(key));
    const looking = this.#looking.get(folder) ?? holdsAny(folder).finally(() => this.#looking.delete(folder));
    this.#looking.set(folder, looking);
    return looking;
  }

  async delete(key: BlobKey): Promise<void> {
    const files = [this.#path(key), this.#unfinished(key), this.#parts(key).folder];
    await Promise.all(files.map(removeAll));
  }

  async unfinished(): Promise<ReadonlySet<BlobKey>> {
    const names = await readdir(join(this.#root, INCOMING));
    return new Set(names.map((name) => name.replace('-', '/').replace(PARTS, '') as BlobKey));
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
    const path = this.#path(key);
    // put together before, by a process that may have died before it took the parts away
    const isWhole = (await this.stat(key)) !== undefined;
    const stored = isWhole
      ? await measureFile(path)
      : await parts.assemble((whole) => moveFile(whole, path, this.#folders));
    await removeAll(parts.folder);
    return stored;
  }

  #parts(key: BlobKey): FolderParts {
    return new FolderParts(this.#unfinished(key) + PARTS, this.#partsInWriting);
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

/** What another server writes at this moment is removed with it. */
async function removeAll(path: string): Promise<void> {
  await rm(path, { force: true, recursive: true, maxRetries: 5 });
}

function refuse(error: unknown): never {
  throw isMissing(error) ? notFound('the content of this file is gone') : error;
}

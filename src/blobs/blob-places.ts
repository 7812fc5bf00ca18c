import type { Readable } from 'node:stream';
import type { BlobKey } from '../model/blob-key.ts';
import { TriplineError } from '../model/error.ts';
import type {
  BlobStore,
  ByteRange,
  DirectAccess,
  FoundBlob,
  PartUpload,
  StoredBlob,
  WantedPart,
} from './blob-store.ts';

/** What the places are called, in the names of uploads that were begun in one of them. */
export type PlaceName = 'folder' | 's3';

/** A store by its name. */
export interface BlobPlace {
  readonly name: PlaceName;
  readonly blobs: BlobStore;
}

/**
 * Stores everything in one place, and finds what still lies in another: an installation is carried over while it
 * works. What is asked for is looked for once more in the first place, since it may have been moved in between.
 */
export class BlobPlaces implements BlobStore {
  readonly #current: BlobPlace;
  readonly #other: BlobPlace | undefined;
  readonly direct?: DirectAccess;

  constructor(current: BlobPlace, other: BlobPlace | undefined) {
    this.#current = current;
    this.#other = other;
    const direct = current.blobs.direct;
    if (direct !== undefined) this.direct = other === undefined ? naming(direct) : naming(direct, current.blobs);
  }

  put(key: BlobKey, content: AsyncIterable<Buffer>, limit: number): Promise<StoredBlob> {
    return this.#current.blobs.put(key, content, limit);
  }

  async get(key: BlobKey, range?: ByteRange): Promise<Readable> {
    const fromCurrent = () => this.#current.blobs.get(key, range);
    const other = this.#other?.blobs;
    if (other === undefined) return fromCurrent();
    return fromCurrent().catch((error: unknown) =>
      unlessGone(error, () => other.get(key, range).catch((late: unknown) => unlessGone(late, fromCurrent))),
    );
  }

  async stat(key: BlobKey): Promise<FoundBlob | undefined> {
    const fromCurrent = () => this.#current.blobs.stat(key);
    return (await fromCurrent()) ?? (this.#other && ((await this.#other.blobs.stat(key)) ?? (await fromCurrent())));
  }

  async delete(key: BlobKey): Promise<void> {
    await Promise.all([this.#current, this.#other].map((place) => place?.blobs.delete(key)));
  }

  async beginParts(key: BlobKey): Promise<string> {
    return nameOf(this.#current, await this.#current.blobs.beginParts(key));
  }

  putPart(upload: PartUpload, part: WantedPart, content: AsyncIterable<Buffer>): Promise<void> {
    return this.#placeOf(upload).putPart(inPlace(upload), part, content);
  }

  listParts(upload: PartUpload): Promise<WantedPart[]> {
    return this.#placeOf(upload).listParts(inPlace(upload));
  }

  assemble(upload: PartUpload): Promise<StoredBlob> {
    return this.#placeOf(upload).assemble(inPlace(upload));
  }

  #placeOf({ id }: PartUpload): BlobStore {
    const place = [this.#current, this.#other].find((known) => known !== undefined && id.startsWith(`${known.name}:`));
    if (place !== undefined) return place.blobs;
    throw new TriplineError('not_found', 'this upload was begun where files are kept no more: begin a new one');
  }
}

/** The upload as its own store knows it. */
function inPlace({ key, id }: PartUpload): PartUpload {
  return { key, id: id.slice(id.indexOf(':') + 1) };
}

function nameOf({ name }: BlobPlace, id: string): string {
  return `${name}:${id}`;
}

function unlessGone<T>(error: unknown, next: () => Promise<T>): Promise<T> {
  if (error instanceof TriplineError && error.code === 'not_found') return next();
  throw error;
}

/** @param looked a store to look into first, because what is asked for may lie elsewhere */
function naming(direct: DirectAccess, looked?: BlobStore): DirectAccess {
  return {
    uploadUrl: (key, md5) => direct.uploadUrl(key, md5),
    // what was begun in another place goes through Tripline
    partUrl: async (upload, number, md5) =>
      upload.id.startsWith('s3:') ? direct.partUrl(inPlace(upload), number, md5) : undefined,
    downloadUrl: async (key, headers) =>
      looked !== undefined && (await looked.stat(key)) === undefined ? undefined : direct.downloadUrl(key, headers),
  };
}

import type { Readable } from 'node:stream';
import type { BlobKey } from '../model/blob-key.ts';
import { TriplineError } from '../model/error.ts';
import type {
  BlobStore,
  ByteRange,
  DirectAccess,
  FoundBlob,
  PartUpload,
  PutHints,
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
    if (direct !== undefined) this.direct = naming(direct, other?.blobs);
  }

  put(key: BlobKey, content: AsyncIterable<Buffer>, limit: number, hints?: PutHints): Promise<StoredBlob> {
    return this.#current.blobs.put(key, content, limit, hints);
  }

  get(key: BlobKey, range?: ByteRange): Promise<Readable> {
    return this.#find((blobs) => blobs.get(key, range));
  }

  read(key: BlobKey, range: ByteRange): Promise<Buffer> {
    return this.#find((blobs) => blobs.read(key, range));
  }

  async stat(key: BlobKey): Promise<FoundBlob | undefined> {
    const fromCurrent = () => this.#current.blobs.stat(key);
    return (await fromCurrent()) ?? (this.#other && ((await this.#other.blobs.stat(key)) ?? (await fromCurrent())));
  }

  async delete(key: BlobKey): Promise<void> {
    await Promise.all([this.#current, this.#other].map((place) => place?.blobs.delete(key)));
  }

  async unfinished(): Promise<ReadonlySet<BlobKey>> {
    const found = await Promise.all([this.#current, this.#other].map(async (place) => place?.blobs.unfinished()));
    return new Set(found.flatMap((keys) => [...(keys ?? [])]));
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

  #find<Found>(look: (blobs: BlobStore) => Promise<Found>): Promise<Found> {
    const inCurrent = () => look(this.#current.blobs);
    const other = this.#other?.blobs;
    if (other === undefined) return inCurrent();
    return inCurrent().catch((error: unknown) =>
      unlessGone(error, () => look(other).catch((late: unknown) => unlessGone(late, inCurrent))),
    );
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

/** @param other where a blob may still lie: it is looked for there, at less cost than in a store that is far away */
function naming(direct: DirectAccess, other: BlobStore | undefined): DirectAccess {
  return {
    uploadUrl: (key, md5) => direct.uploadUrl(key, md5),
    // what was begun in another place goes through Tripline
    partUrl: async (upload, number, md5) =>
      upload.id.startsWith('s3:') ? direct.partUrl(inPlace(upload), number, md5) : undefined,
    downloadUrl: async (key, headers) =>
      (await other?.stat(key)) === undefined ? direct.downloadUrl(key, headers) : undefined,
    listedUrl: async (key, headers) => ((await mayHold(other, key)) ? undefined : direct.listedUrl(key, headers)),
  };
}

async function mayHold(place: BlobStore | undefined, key: BlobKey): Promise<boolean> {
  if (place === undefined) return false;
  return place.mayHold?.(key) ?? true;
}

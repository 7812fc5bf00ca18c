import type { Readable } from 'node:stream';
import type { BlobKey } from '../model/blob-key.ts';

export interface StoredBlob {
  /** Bytes. */
  readonly size: number;
  /** Base64, as the client's file listings have it. */
  readonly md5: string;
}

/** Bytes from `start` to `end`, both inclusive. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Keeps bytes. What is there is there whole: readers never see half of a blob. */
export interface BlobStore {
  /**
   * Stores all that `content` yields, once for each key; when this resolves it is on disk.
   *
   * @param limit most bytes
   * @throws TriplineError too_large; whatever `content` throws. Nothing is kept then.
   */
  put(key: BlobKey, content: AsyncIterable<Buffer>, limit: number): Promise<StoredBlob>;
  /** The bytes of a blob, or a part of them. @throws TriplineError not_found */
  get(key: BlobKey, range?: ByteRange): Promise<Readable>;
  /** Its size in bytes; `undefined` when there is none. */
  stat(key: BlobKey): Promise<number | undefined>;
  /** Removes a blob, and what a killed process left of one that it was storing; does nothing when there is none. */
  delete(key: BlobKey): Promise<void>;
}

/** The key of a blob of a tenant. @param id a large id, used for this one blob */
export function blobKey(tenantId: string, id: string): BlobKey {
  return `${tenantId}/${id}` as BlobKey;
}

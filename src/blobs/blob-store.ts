import type { Readable } from 'node:stream';
import type { BlobKey } from '../model/blob-key.ts';

export interface StoredBlob {
  /** Bytes. */
  readonly size: number;
  /** Base64, as the client's file listings have it. */
  readonly md5: string;
}

/** What a store says of a blob without reading it. */
export interface FoundBlob {
  readonly size: number;
  /** Base64; `undefined` where the store does not know it. */
  readonly md5: string | undefined;
}

/** Bytes from `start` to `end`, both inclusive. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** A blob that comes in parts, in whatever order. */
export interface PartUpload {
  readonly key: BlobKey;
  /** The store's own name for the upload ({@link BlobStore.beginParts}). */
  readonly id: string;
}

/** A part as it was announced; the first has the number 1. */
export interface WantedPart {
  readonly number: number;
  /** Base64: of other bytes nothing is kept. */
  readonly md5: string;
  readonly size: number;
}

/** What bytes are, as their sender says before they come. */
export interface AnnouncedBytes {
  /** Exactly so many. */
  readonly size: number;
  /** Base64: a store may check it by itself in place of measuring them. */
  readonly md5?: string;
}

/** What is known of bytes before they come. */
export interface PutHints {
  /** Others know the key already; else nobody is told it until the bytes are stored. */
  readonly sought?: true;
  /** Absent where nobody says: then they cost a store that wants to know it more memory. */
  readonly announced?: AnnouncedBytes;
}

/** @param size as a request says, where it does @param md5 base64, where it is known before */
export function announcing(size: number | undefined, md5?: string): Pick<PutHints, 'announced'> {
  if (size === undefined) return {};
  return { announced: md5 === undefined ? { size } : { size, md5 } };
}

/** Keeps bytes. Whoever knows a blob sees all of it or nothing, never a half. */
export interface BlobStore {
  /**
   * Stores all that `content` yields, once for each key; when this resolves it is on disk.
   *
   * @param content its pieces are used up: nobody else may need them
   * @param limit most bytes
   * @throws TriplineError too_large; invalid when the store found others than announced; whatever `content` throws.
   *   Nothing is kept then, or what a store has kept of bytes that it did not look at goes with {@link delete}.
   */
  put(key: BlobKey, content: AsyncIterable<Buffer>, limit: number, hints?: PutHints): Promise<StoredBlob>;
  /** The bytes of a blob, or a part of them. @throws TriplineError not_found */
  get(key: BlobKey, range?: ByteRange): Promise<Readable>;
  /** The same at once, for what is small. @throws as {@link get} */
  read(key: BlobKey, range: ByteRange): Promise<Buffer>;
  /** What is known of it; `undefined` when there is none. */
  stat(key: BlobKey): Promise<FoundBlob | undefined>;
  /**
   * Removes a blob, its parts, and what a killed process left of one that it was storing; does nothing when there is
   * none.
   */
  delete(key: BlobKey): Promise<void>;
  /** The blobs whose bytes are coming, or of which a killed process left some. */
  unfinished(): Promise<ReadonlySet<BlobKey>>;
  /** Begins an upload in parts. @returns its name, for {@link PartUpload} */
  beginParts(key: BlobKey): Promise<string>;
  /**
   * Stores a part; when this resolves it is on disk, and stays there whatever becomes of the same part sent again.
   *
   * @throws TriplineError invalid when the bytes are others than announced, not_found when the upload has ended
   */
  putPart(upload: PartUpload, part: WantedPart, content: AsyncIterable<Buffer>): Promise<void>;
  /** The parts that have arrived, in order. @throws TriplineError not_found when the upload has ended */
  listParts(upload: PartUpload): Promise<WantedPart[]>;
  /**
   * Makes one blob of all parts that have arrived; memory does not grow with them. Done again it answers the same.
   *
   * @throws TriplineError not_found when there is neither an upload nor a blob
   */
  assemble(upload: PartUpload): Promise<StoredBlob>;
  /** Whether it may lie here, at little cost for many at once: no is sure. Absent where only {@link stat} tells. */
  mayHold?(key: BlobKey): Promise<boolean>;
  /** Whether clients reach the store by themselves, for a blob of it. */
  readonly direct?: DirectAccess;
}

/** Addresses of the store itself, which carry their own authorisation and expire. */
export interface DirectAccess {
  /** To put exactly the bytes of this MD5 (base64), which a `Content-MD5` header must say. */
  uploadUrl(key: BlobKey, md5: string): Promise<string>;
  /** The same for one part. @returns `undefined` when the upload was begun elsewhere */
  partUrl(upload: PartUpload, number: number, md5: string): Promise<string | undefined>;
  /** To get the bytes now; the store answers with these headers. @returns `undefined` when they lie elsewhere */
  downloadUrl(key: BlobKey, headers: DownloadHeaders): Promise<string | undefined>;
  /** The same for one of many that a client works off. @returns `undefined` also when they only may lie elsewhere */
  listedUrl(key: BlobKey, headers: DownloadHeaders): Promise<string | undefined>;
}

export interface DownloadHeaders {
  readonly 'content-type': string;
  readonly 'content-disposition': string;
  readonly 'cache-control': string;
}

/** The key of a blob of a tenant. @param id a large id, used for this one blob */
export function blobKey(tenantId: string, id: string): BlobKey {
  return `${tenantId}/${id}` as BlobKey;
}

const KEY = /^\d{1,19}\/\d{1,19}$/;

/** Expects a key that leads nowhere else. @throws TypeError */
export function requireKey(key: BlobKey): BlobKey {
  if (!KEY.test(key)) throw new TypeError('a blob key is "<tenant id>/<large id>"');
  return key;
}

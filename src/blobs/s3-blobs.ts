import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { S3Client } from '@aws-sdk/client-s3';
import type { BlobKey } from '../model/blob-key.ts';
import { notFound } from '../model/error.ts';
import {
  type BlobStore,
  type ByteRange,
  type DirectAccess,
  type FoundBlob,
  type PartUpload,
  type PutHints,
  requireKey,
  type StoredBlob,
  type WantedPart,
} from './blob-store.ts';
import { digestOf, hashPieces } from './file-hashes.ts';
import { giveBack } from './give-back.ts';
import { limited } from './measured.ts';
import { eachPiece } from './pieces.ts';
import { S3Addresses } from './s3-addresses.ts';
import { loadSdk, openClient, type Sdk } from './s3-client.ts';
import { S3Direct } from './s3-direct.ts';
import { isAbsent, isUploadAbsent, refusalOf, startFault } from './s3-faults.ts';
import { S3Passage } from './s3-passage.ts';
import type { S3Place } from './s3-place.ts';
import { S3Shortcut } from './s3-shortcut.ts';
import { md5OfTag, rangeText } from './s3-target.ts';
import { S3Uploads, type S3Way } from './s3-uploads.ts';

/**
 * Keeps blobs as objects of a bucket.
 *
 * @throws TriplineError invalid, for the operator, when they cannot be written, read and removed there
 */
export async function openS3Blobs(place: S3Place): Promise<BlobStore> {
  const sdk = await loadSdk();
  try {
    const client = openClient(sdk, place);
    const addresses = await S3Addresses.open(sdk, client, place.bucket);
    const way = { sdk, client, shortcut: new S3Shortcut(addresses), passage: new S3Passage(addresses) };
    const blobs = new S3Blobs(way, place, await openDirect(sdk, place));
    await blobs.try();
    return blobs;
  } catch (error) {
    throw startFault(place, error);
  }
}

async function openDirect(sdk: Sdk, place: S3Place): Promise<S3Direct | undefined> {
  const { directUrl, bucket, prefix } = place;
  if (directUrl === undefined) return undefined;
  return new S3Direct(await S3Addresses.open(sdk, openClient(sdk, place, directUrl), bucket), prefix);
}

/** A name that no key has; always the same, so that the next start removes what a killed one left. */
const TRIAL = 'tripline-trial';

class S3Blobs implements BlobStore {
  readonly #sdk: Sdk;
  readonly #client: S3Client;
  readonly #shortcut: S3Shortcut;
  readonly #place: S3Place;
  readonly #uploads: S3Uploads;
  readonly direct?: DirectAccess;

  constructor(way: S3Way, place: S3Place, direct: DirectAccess | undefined) {
    this.#sdk = way.sdk;
    this.#client = way.client;
    this.#shortcut = way.shortcut;
    this.#place = place;
    this.#uploads = new S3Uploads(way, place.bucket);
    if (direct !== undefined) this.direct = direct;
  }

  /** Writes, reads and removes a small object. @throws as the store does */
  async try(): Promise<void> {
    const target = { Bucket: this.#place.bucket, Key: `${this.#place.prefix}${TRIAL}` };
    await this.#client.send(new this.#sdk.PutObjectCommand({ ...target, Body: TRIAL }));
    const found = await this.#client.send(new this.#sdk.GetObjectCommand(target)).catch((error: unknown) => {
      // removed by another node that is starting: to be told so, one must be let in
      if (!isAbsent(error)) throw error;
    });
    await found?.Body?.transformToString();
    await this.#client.send(new this.#sdk.DeleteObjectCommand(target));
  }

  async put(
    key: BlobKey,
    content: AsyncIterable<Buffer>,
    limit: number,
    { announced }: PutHints = {},
  ): Promise<StoredBlob> {
    return this.#uploads.put(this.#at(key), limited(content, limit), announced).catch(rethrow);
  }

  async get(key: BlobKey, range?: ByteRange): Promise<Readable> {
    const target = { Bucket: this.#place.bucket, Key: this.#at(key) };
    const body = await this.#shortcut.get(target.Key, range).catch(rethrow);
    if (body !== undefined) return body;
    const part = range === undefined ? {} : { Range: rangeText(range) };
    const found = await this.#client.send(new this.#sdk.GetObjectCommand({ ...target, ...part })).catch(rethrow);
    if (found.Body === undefined) throw notFound('the content of this file is gone');
    return found.Body as Readable;
  }

  async read(key: BlobKey, range: ByteRange): Promise<Buffer> {
    const memory = Buffer.allocUnsafeSlow(range.end - range.start + 1);
    const filled = await this.#shortcut.fill(this.#at(key), range, memory).catch(rethrow);
    return filled === undefined ? buffer(await this.get(key, range)).catch(rethrow) : memory.subarray(0, filled);
  }

  async stat(key: BlobKey): Promise<FoundBlob | undefined> {
    const target = { Bucket: this.#place.bucket, Key: this.#at(key) };
    const found = await this.#client.send(new this.#sdk.HeadObjectCommand(target)).catch((error: unknown) => {
      if (isAbsent(error)) return undefined;
      throw refusalOf(error);
    });
    return found && { size: found.ContentLength ?? 0, md5: md5OfTag(found.ETag, found.ServerSideEncryption) };
  }

  async delete(key: BlobKey): Promise<void> {
    const target = { Bucket: this.#place.bucket, Key: this.#at(key) };
    await this.#uploads.abortAll(target.Key).catch(rethrow);
    await this.#client.send(new this.#sdk.DeleteObjectCommand(target)).catch(rethrow);
  }

  async unfinished(): Promise<ReadonlySet<BlobKey>> {
    const { prefix } = this.#place;
    const begun = await this.#uploads.begun(prefix).catch(rethrow);
    return new Set(begun.map(({ key }) => key.slice(prefix.length) as BlobKey));
  }

  beginParts(key: BlobKey): Promise<string> {
    return this.#uploads.begin(this.#at(key)).catch(rethrow);
  }

  async putPart({ key, id }: PartUpload, part: WantedPart, content: AsyncIterable<Buffer>): Promise<void> {
    await this.#uploads.putPart({ key: this.#at(key), id }, part, content).catch(rethrow);
  }

  listParts({ key, id }: PartUpload): Promise<WantedPart[]> {
    return this.#uploads.list({ key: this.#at(key), id }).catch(rethrow);
  }

  async assemble({ key, id }: PartUpload): Promise<StoredBlob> {
    await this.#uploads.complete({ key: this.#at(key), id }).catch((error: unknown) => {
      // put together before: then the blob is there, or reading it says that it is not
      if (!isUploadAbsent(error)) throw refusalOf(error);
    });
    return this.#measure(key);
  }

  /** Reads a blob to its end, keeping none of it. @throws TriplineError not_found */
  async #measure(key: BlobKey): Promise<StoredBlob> {
    const found = await this.stat(key);
    if (found === undefined) throw notFound('the content of this file is gone');
    const hash = hashPieces();
    const md5 = await digestOf(hash, () =>
      eachPiece(
        found.size,
        (range, into) => this.#fill(key, range, into),
        (piece) => hash.add(piece),
      ),
    );
    return { size: found.size, md5 };
  }

  async #fill(key: BlobKey, range: ByteRange, into: Uint8Array): Promise<Uint8Array> {
    const filled = await this.#shortcut.fill(this.#at(key), range, into).catch(rethrow);
    if (filled === into.length) return into;
    // what broke off is asked for once more
    return fillFrom(await this.get(key, range), into).catch(rethrow);
  }

  #at(key: BlobKey): string {
    return this.#place.prefix + requireKey(key);
  }
}

function rethrow(error: unknown): never {
  throw refusalOf(error);
}

/** Copies bytes, and gives them back ({@link giveBack}). @throws Error when there is less than room, or more */
async function fillFrom(bytes: AsyncIterable<Uint8Array>, memory: Uint8Array): Promise<Uint8Array> {
  let at = 0;
  for await (const part of bytes) {
    memory.set(part, at);
    at += part.length;
    giveBack([part]);
  }
  if (at !== memory.length) throw new Error('the object store sent fewer bytes than it has');
  return memory;
}

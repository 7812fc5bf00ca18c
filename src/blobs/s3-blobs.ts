import type { Readable } from 'node:stream';
import type { HeadObjectCommandOutput, S3Client } from '@aws-sdk/client-s3';
import type { BlobKey } from '../model/blob-key.ts';
import { notFound } from '../model/error.ts';
import {
  type BlobStore,
  type ByteRange,
  type DirectAccess,
  type FoundBlob,
  type PartUpload,
  requireKey,
  type StoredBlob,
  type WantedPart,
} from './blob-store.ts';
import { expectPart, measureAll, measured } from './measured.ts';
import { collectPieces } from './pieces.ts';
import { loadSdk, openClient, type Sdk } from './s3-client.ts';
import { S3Direct } from './s3-direct.ts';
import { isAbsent, isUploadAbsent, refusalOf, startFault } from './s3-faults.ts';
import type { S3Place } from './s3-place.ts';
import { S3Uploads } from './s3-uploads.ts';

/**
 * Keeps blobs as objects of a bucket.
 *
 * @throws TriplineError invalid, for the operator, when they cannot be written, read and removed there
 */
export async function openS3Blobs(place: S3Place): Promise<BlobStore> {
  const sdk = await loadSdk();
  const blobs = new S3Blobs(sdk, openClient(sdk, place), place);
  await blobs.try().catch((error: unknown) => {
    throw startFault(place, error);
  });
  return blobs;
}

/** A name that no key has. */
const TRIAL = 'tripline-trial';

class S3Blobs implements BlobStore {
  readonly #sdk: Sdk;
  readonly #client: S3Client;
  readonly #place: S3Place;
  readonly #uploads: S3Uploads;
  readonly direct?: DirectAccess;

  constructor(sdk: Sdk, client: S3Client, place: S3Place) {
    this.#sdk = sdk;
    this.#client = client;
    this.#place = place;
    this.#uploads = new S3Uploads(sdk, client, place.bucket);
    if (place.directUrl !== undefined) this.direct = new S3Direct(sdk, openClient(sdk, place, place.directUrl), place);
  }

  /** Writes, reads and removes a small object. @throws as the store does */
  async try(): Promise<void> {
    const target = { Bucket: this.#place.bucket, Key: `${this.#place.prefix}${TRIAL}-${process.pid}` };
    await this.#client.send(new this.#sdk.PutObjectCommand({ ...target, Body: TRIAL }));
    await (await this.#client.send(new this.#sdk.GetObjectCommand(target))).Body?.transformToString();
    await this.#client.send(new this.#sdk.DeleteObjectCommand(target));
  }

  async put(key: BlobKey, content: AsyncIterable<Buffer>, limit: number): Promise<StoredBlob> {
    const passing = measured(content, limit);
    const pieces = collectPieces(passing.content);
    try {
      const first = await pieces.next();
      const second = first.done ? first : await pieces.next();
      if (second.done) await this.#uploads.putWhole(this.#at(key), first.done ? Buffer.alloc(0) : first.value);
      else await this.#uploads.putPieces(this.#at(key), [first.value as Buffer, second.value], pieces);
    } catch (error) {
      throw refusalOf(error);
    }
    return passing.measure();
  }

  async get(key: BlobKey, range?: ByteRange): Promise<Readable> {
    const target = { Bucket: this.#place.bucket, Key: this.#at(key) };
    const part = range === undefined ? {} : { Range: `bytes=${range.start}-${range.end}` };
    const found = await this.#client.send(new this.#sdk.GetObjectCommand({ ...target, ...part })).catch(rethrow);
    if (found.Body === undefined) throw notFound('the content of this file is gone');
    return found.Body as Readable;
  }

  async stat(key: BlobKey): Promise<FoundBlob | undefined> {
    const target = { Bucket: this.#place.bucket, Key: this.#at(key) };
    const found = await this.#client.send(new this.#sdk.HeadObjectCommand(target)).catch((error: unknown) => {
      if (isAbsent(error)) return undefined;
      throw refusalOf(error);
    });
    return found && { size: found.ContentLength ?? 0, md5: md5Of(found) };
  }

  async delete(key: BlobKey): Promise<void> {
    const target = { Bucket: this.#place.bucket, Key: this.#at(key) };
    await this.#uploads.abortAll(target.Key).catch(rethrow);
    await this.#client.send(new this.#sdk.DeleteObjectCommand(target)).catch(rethrow);
  }

  beginParts(key: BlobKey): Promise<string> {
    return this.#uploads.begin(this.#at(key)).catch(rethrow);
  }

  async putPart({ key, id }: PartUpload, part: WantedPart, content: AsyncIterable<Buffer>): Promise<void> {
    const passing = measured(content, part.size);
    await this.#uploads.putPart({ key: this.#at(key), id }, part, passing.content).catch(rethrow);
    expectPart(part, passing.measure());
  }

  listParts({ key, id }: PartUpload): Promise<WantedPart[]> {
    return this.#uploads.list({ key: this.#at(key), id }).catch(rethrow);
  }

  async assemble({ key, id }: PartUpload): Promise<StoredBlob> {
    await this.#uploads.complete({ key: this.#at(key), id }).catch((error: unknown) => {
      // put together before: then the blob is there, or reading it says that it is not
      if (!isUploadAbsent(error)) throw refusalOf(error);
    });
    return measureAll(await this.get(key));
  }

  #at(key: BlobKey): string {
    return this.#place.prefix + requireKey(key);
  }
}

function rethrow(error: unknown): never {
  throw refusalOf(error);
}

/** The tag of an object that was put whole is its MD5, unless the store encrypts it with a key of its own service. */
function md5Of({ ETag, ServerSideEncryption }: HeadObjectCommandOutput): string | undefined {
  const [, hex] = /^"?([0-9a-f]{32})"?$/.exec(ETag ?? '') ?? [];
  if (hex === undefined || ServerSideEncryption?.startsWith('aws:kms')) return undefined;
  return Buffer.from(hex, 'hex').toString('base64');
}

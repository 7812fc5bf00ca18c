import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { notFound, TriplineError } from '../model/error.ts';
import type { WantedPart } from './blob-store.ts';
import { MOST_PIECES } from './pieces.ts';
import type { Sdk } from './s3-client.ts';
import { isUploadAbsent } from './s3-faults.ts';

/** An upload in parts, by the object's whole key. */
interface Upload {
  readonly key: string;
  readonly id: string;
}

/** Writes objects of a bucket, whole or in parts; every request says the MD5 of what it brings. */
export class S3Uploads {
  readonly #sdk: Sdk;
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(sdk: Sdk, client: S3Client, bucket: string) {
    this.#sdk = sdk;
    this.#client = client;
    this.#bucket = bucket;
  }

  async putWhole(key: string, bytes: Buffer): Promise<void> {
    const target = { Bucket: this.#bucket, Key: key };
    await this.#client.send(new this.#sdk.PutObjectCommand({ ...target, Body: bytes, ContentMD5: md5(bytes) }));
  }

  /** Writes pieces of one object, one after the other. What breaks off is taken away. */
  async putPieces(key: string, first: readonly Buffer[], rest: AsyncIterable<Buffer>): Promise<void> {
    const upload = { key, id: await this.begin(key) };
    try {
      const parts: { PartNumber: number; ETag: string | undefined }[] = [];
      for await (const piece of chained(first, rest)) {
        const PartNumber = parts.length + 1;
        if (PartNumber > MOST_PIECES) throw new TriplineError('too_large', 'send a file of this size in parts');
        const sent = new this.#sdk.UploadPartCommand({
          ...this.#target(upload),
          ...{ PartNumber, Body: piece, ContentMD5: md5(piece) },
        });
        parts.push({ PartNumber, ETag: (await this.#client.send(sent)).ETag });
      }
      await this.#complete(upload, parts);
    } catch (error) {
      // what stays is taken away with the key
      await this.#abort(upload).catch(() => {});
      throw error;
    }
  }

  async begin(key: string): Promise<string> {
    const begun = new this.#sdk.CreateMultipartUploadCommand({ Bucket: this.#bucket, Key: key });
    const { UploadId } = await this.#client.send(begun);
    if (UploadId === undefined) throw new Error('the object store named no upload');
    return UploadId;
  }

  async putPart(upload: Upload, { number, md5: ContentMD5, size }: WantedPart, content: AsyncIterable<Buffer>) {
    const broken = new AbortController();
    // a request whose body breaks off would wait for the rest
    const Body = Readable.from(content).once('error', (error) => broken.abort(error));
    const part = { ...this.#target(upload), PartNumber: number, Body, ContentLength: size, ContentMD5 };
    try {
      await this.#client.send(new this.#sdk.UploadPartCommand(part), { abortSignal: broken.signal });
    } catch (error) {
      throw Body.errored ?? error;
    } finally {
      Body.destroy();
    }
  }

  async list(upload: Upload): Promise<WantedPart[]> {
    return (await this.#list(upload)).map(({ number, tag, size }) => ({
      ...{ number, size },
      md5: Buffer.from(tag.replaceAll('"', ''), 'hex').toString('base64'),
    }));
  }

  async complete(upload: Upload): Promise<void> {
    const parts = await this.#list(upload);
    await this.#complete(
      upload,
      parts.map(({ number, tag }) => ({ PartNumber: number, ETag: tag })),
    );
  }

  /** Takes away all that was begun for a key. */
  async abortAll(key: string): Promise<void> {
    const listed = new this.#sdk.ListMultipartUploadsCommand({ Bucket: this.#bucket, Prefix: key });
    const { Uploads = [] } = await this.#client.send(listed);
    for (const { Key, UploadId } of Uploads) {
      if (Key === key && UploadId !== undefined) await this.#abort({ key, id: UploadId });
    }
  }

  async #list(upload: Upload): Promise<{ number: number; tag: string; size: number }[]> {
    const found: { number: number; tag: string; size: number }[] = [];
    for (let marker: string | undefined; ; ) {
      const page = await this.#client.send(
        new this.#sdk.ListPartsCommand({
          ...this.#target(upload),
          ...(marker === undefined ? {} : { PartNumberMarker: marker }),
        }),
      );
      for (const { PartNumber = 0, ETag = '', Size = 0 } of page.Parts ?? []) {
        found.push({ number: PartNumber, tag: ETag, size: Size });
      }
      marker = page.IsTruncated === true ? page.NextPartNumberMarker : undefined;
      if (marker === undefined) return found;
    }
  }

  async #complete(upload: Upload, Parts: { PartNumber: number; ETag: string | undefined }[]): Promise<void> {
    if (Parts.length === 0) throw notFound('this upload has no parts');
    const whole = { ...this.#target(upload), MultipartUpload: { Parts } };
    await this.#client.send(new this.#sdk.CompleteMultipartUploadCommand(whole));
  }

  async #abort(upload: Upload): Promise<void> {
    await this.#client.send(new this.#sdk.AbortMultipartUploadCommand(this.#target(upload))).catch((error: unknown) => {
      if (!isUploadAbsent(error)) throw error;
    });
  }

  #target({ key, id }: Upload): { Bucket: string; Key: string; UploadId: string } {
    return { Bucket: this.#bucket, Key: key, UploadId: id };
  }
}

async function* chained(first: readonly Buffer[], rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* first;
  yield* rest;
}

function md5(bytes: Buffer): string {
  return createHash('md5').update(bytes).digest('base64');
}

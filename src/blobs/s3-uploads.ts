import type { S3Client } from '@aws-sdk/client-s3';
import { notFound } from '../model/error.ts';
import type { AnnouncedBytes, StoredBlob, WantedPart } from './blob-store.ts';
import { digestOf, hashPieces } from './file-hashes.ts';
import { chained, measurePieces } from './measured.ts';
import { MemoryRoom } from './memory-room.ts';
import { collectPieces, MOST_BYTES, PIECE, sendPieces } from './pieces.ts';
import type { Sdk } from './s3-client.ts';
import { isUploadAbsent } from './s3-faults.ts';
import type { S3Passage } from './s3-passage.ts';
import type { S3Shortcut } from './s3-shortcut.ts';
import type { Target } from './s3-target.ts';

/** An upload in parts, by the object's whole key. */
interface Upload {
  readonly key: string;
  readonly id: string;
}

/** A part that has arrived, as the store is told of it when they are put together. */
interface Part {
  readonly PartNumber: number;
  readonly ETag: string | undefined;
}

/** How a bucket is reached: by the SDK, by a shorter way for what is asked most, and by one for what is announced. */
export interface S3Way {
  readonly sdk: Sdk;
  readonly client: S3Client;
  readonly shortcut: S3Shortcut;
  readonly passage: S3Passage;
}

/** Bytes whose digest takes less time than to tell the thread of it. */
const SMALL = 256 * 1024;
/** The most that S3 takes in one request. */
const LARGEST_PUT = 5 * 1024 ** 3;
/** Of bytes that are kept until they are written, whoever brings them: a client alone sends a hundred files at once. */
const ROOM = 64 * 1024 ** 2;

/** Writes objects of a bucket, whole or in parts. What is sent from memory says its MD5, and is sent again. */
export class S3Uploads {
  readonly #sdk: Sdk;
  readonly #client: S3Client;
  readonly #shortcut: S3Shortcut;
  readonly #passage: S3Passage;
  readonly #bucket: string;
  readonly #room = new MemoryRoom(ROOM);

  constructor({ sdk, client, shortcut, passage }: S3Way, bucket: string) {
    this.#sdk = sdk;
    this.#client = client;
    this.#shortcut = shortcut;
    this.#passage = passage;
    this.#bucket = bucket;
  }

  /**
   * Writes an object of whatever size. What is small is kept until it is written, and sent again when the store is busy;
   * what is larger passes as it comes, and so does what finds no room. That of which nobody knows the size waits for it.
   */
  async put(key: string, content: AsyncIterable<Buffer>, announced: AnnouncedBytes | undefined): Promise<StoredBlob> {
    if (announced === undefined || announced.size > LARGEST_PUT) {
      return this.#gather(key, content, await this.#room.enter(PIECE + MOST_BYTES));
    }
    const leave = announced.size > PIECE ? undefined : this.#room.take(announced.size);
    return leave === undefined ? this.#passage.pass({ key }, content, announced) : this.#gather(key, content, leave);
  }

  /** @param leave the room when all is written */
  async #gather(key: string, content: AsyncIterable<Buffer>, leave: () => void): Promise<StoredBlob> {
    try {
      return await this.#putGathered(key, collectPieces(content));
    } finally {
      leave();
    }
  }

  async #putGathered(key: string, pieces: AsyncGenerator<Buffer, undefined>): Promise<StoredBlob> {
    const first = await pieces.next();
    const second = first.done ? first : await pieces.next();
    if (second.done) return this.#putWhole(key, first.value ?? Buffer.alloc(0));
    return this.#putPieces(key, chained([first.value as Buffer, second.value], pieces));
  }

  async #putWhole(key: string, bytes: Buffer): Promise<StoredBlob> {
    if (bytes.length <= SMALL) {
      const stored = measurePieces([bytes]);
      await this.#send({ key }, bytes, stored.md5);
      return stored;
    }
    const { length: size } = bytes;
    const hash = hashPieces();
    const whole = await digestOf(hash, async () => {
      const { piece, md5: found } = await hash.lend(bytes);
      await this.#send({ key }, piece, found);
    });
    return { size, md5: whole };
  }

  async #putPieces(key: string, pieces: AsyncIterable<Buffer>): Promise<StoredBlob> {
    const upload = { key, id: await this.begin(key) };
    const hash = hashPieces();
    let size = 0;
    try {
      const whole = await digestOf(hash, async () => {
        const parts = await sendPieces(pieces, async (bytes, number) => {
          size += bytes.length;
          const { piece, md5: found } = await hash.lend(bytes);
          const tag = await this.#send({ key, part: { upload: upload.id, number } }, piece, found);
          return { PartNumber: number, ETag: tag };
        });
        await this.#complete(upload, parts);
      });
      return { size, md5: whole };
    } catch (error) {
      // what stays is taken away with the key
      await this.#abort(upload).catch(() => {});
      throw error;
    }
  }

  /** @param md5 base64 @returns the tag of what was written */
  async #send(target: Target, bytes: Uint8Array, md5: string): Promise<string | undefined> {
    const { key, part } = target;
    const written = await this.#shortcut.put(target, bytes, md5);
    if (written !== undefined) return written;
    const object = { Bucket: this.#bucket, Key: key, Body: bytes, ContentMD5: md5 };
    const sent =
      part === undefined
        ? this.#client.send(new this.#sdk.PutObjectCommand(object))
        : this.#client.send(
            new this.#sdk.UploadPartCommand({ ...object, UploadId: part.upload, PartNumber: part.number }),
          );
    return (await sent).ETag;
  }

  async begin(key: string): Promise<string> {
    const begun = new this.#sdk.CreateMultipartUploadCommand({ Bucket: this.#bucket, Key: key });
    const { UploadId } = await this.#client.send(begun);
    if (UploadId === undefined) throw new Error('the object store named no upload');
    return UploadId;
  }

  async putPart({ key, id: upload }: Upload, { number, ...announced }: WantedPart, content: AsyncIterable<Buffer>) {
    await this.#passage.pass({ key, part: { upload, number } }, content, announced);
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
    for (const upload of await this.begun(key)) {
      if (upload.key === key) await this.#abort(upload);
    }
  }

  /** What was begun for keys of a prefix, and not ended. */
  async begun(prefix: string): Promise<Upload[]> {
    const found: Upload[] = [];
    for (let after = {}; ; ) {
      const listed = { Bucket: this.#bucket, Prefix: prefix, ...after };
      const page = await this.#client.send(new this.#sdk.ListMultipartUploadsCommand(listed));
      for (const { Key, UploadId } of page.Uploads ?? []) {
        if (Key !== undefined && UploadId !== undefined) found.push({ key: Key, id: UploadId });
      }
      if (page.IsTruncated !== true) return found;
      after = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
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

  async #complete(upload: Upload, Parts: Part[]): Promise<void> {
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

import type { S3Client } from '@aws-sdk/client-s3';
import type { BlobKey } from '../model/blob-key.ts';
import { type DirectAccess, type DownloadHeaders, type PartUpload, requireKey } from './blob-store.ts';
import type { Sdk } from './s3-client.ts';
import { refusalOf } from './s3-faults.ts';
import type { S3Place } from './s3-place.ts';

/** As long as Tripline's own addresses: clients ask anew only for a new upload (wandb protocol, 4.1). */
const UPLOAD_WITHIN_S = 12 * 3_600;
/** Tripline's own address leads to it, and can be asked again. */
const DOWNLOAD_WITHIN_S = 15 * 60;

/** Signs addresses of a bucket, by the host under which clients reach it; no request is made. */
export class S3Direct implements DirectAccess {
  readonly #sdk: Sdk;
  readonly #client: S3Client;
  readonly #place: S3Place;

  /** @param client of the address that clients use */
  constructor(sdk: Sdk, client: S3Client, place: S3Place) {
    this.#sdk = sdk;
    this.#client = client;
    this.#place = place;
  }

  uploadUrl(key: BlobKey, md5: string): Promise<string> {
    const command = new this.#sdk.PutObjectCommand({ ...this.#target(key), ContentMD5: md5 });
    return this.#sdk.getSignedUrl(this.#client, command, uploading()).catch(rethrow);
  }

  partUrl({ key, id }: PartUpload, number: number, md5: string): Promise<string> {
    const part = { ...this.#target(key), UploadId: id, PartNumber: number, ContentMD5: md5 };
    return this.#sdk.getSignedUrl(this.#client, new this.#sdk.UploadPartCommand(part), uploading()).catch(rethrow);
  }

  downloadUrl(key: BlobKey, headers: DownloadHeaders): Promise<string> {
    const command = new this.#sdk.GetObjectCommand({
      ...this.#target(key),
      ResponseContentType: headers['content-type'],
      ResponseContentDisposition: headers['content-disposition'],
      ResponseCacheControl: headers['cache-control'],
    });
    return this.#sdk.getSignedUrl(this.#client, command, { expiresIn: DOWNLOAD_WITHIN_S }).catch(rethrow);
  }

  #target(key: BlobKey): { Bucket: string; Key: string } {
    return { Bucket: this.#place.bucket, Key: this.#place.prefix + requireKey(key) };
  }
}

/** What an address fixes, so that nobody can put other bytes there than were announced. */
function uploading() {
  return { expiresIn: UPLOAD_WITHIN_S, signableHeaders: new Set(['host', 'content-md5']) };
}

function rethrow(error: unknown): never {
  throw refusalOf(error);
}

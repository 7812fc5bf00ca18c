import type { BlobKey } from '../model/blob-key.ts';
import { type DirectAccess, type DownloadHeaders, type PartUpload, requireKey } from './blob-store.ts';
import type { S3Addresses, Use } from './s3-addresses.ts';
import { refusalOf } from './s3-faults.ts';

/**
 * As long as Tripline's own addresses, in whose place it stands. Clients ask anew only for a new upload (wandb protocol,
 * 4.1), and work off a list of 5,000 downloads for as long as that takes: each that expired costs them a request more.
 */
const WITHIN_S = 12 * 3_600;
/** Tripline's own address leads to it, and can be asked again. */
const NOW_WITHIN_S = 15 * 60;

/** Signs addresses of a bucket, by the host under which clients reach it; no request is made. */
export class S3Direct implements DirectAccess {
  readonly #addresses: S3Addresses;
  readonly #prefix: string;

  /** @param addresses that clients reach @param prefix of all keys */
  constructor(addresses: S3Addresses, prefix: string) {
    this.#addresses = addresses;
    this.#prefix = prefix;
  }

  uploadUrl(key: BlobKey, md5: string): Promise<string> {
    return this.#sign(key, { method: 'PUT', query: { 'x-id': 'PutObject' }, md5, seconds: WITHIN_S });
  }

  partUrl({ key, id }: PartUpload, number: number, md5: string): Promise<string> {
    const query = { 'x-id': 'UploadPart', partNumber: String(number), uploadId: id };
    return this.#sign(key, { method: 'PUT', query, md5, seconds: WITHIN_S });
  }

  downloadUrl(key: BlobKey, headers: DownloadHeaders): Promise<string> {
    return this.#download(key, headers, NOW_WITHIN_S);
  }

  listedUrl(key: BlobKey, headers: DownloadHeaders): Promise<string> {
    return this.#download(key, headers, WITHIN_S);
  }

  #download(key: BlobKey, headers: DownloadHeaders, seconds: number): Promise<string> {
    const query = {
      'x-id': 'GetObject',
      'response-content-type': headers['content-type'],
      'response-content-disposition': headers['content-disposition'],
      'response-cache-control': headers['cache-control'],
    };
    return this.#sign(key, { method: 'GET', query, seconds });
  }

  #sign(key: BlobKey, use: Omit<Use, 'key'>): Promise<string> {
    return this.#addresses.sign({ ...use, key: this.#prefix + requireKey(key) }).catch((error: unknown) => {
      throw refusalOf(error);
    });
  }
}

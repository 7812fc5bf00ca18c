import type { ByteRange } from './blob-store.ts';
import type { Use } from './s3-addresses.ts';

/** As long as a request takes to arrive. */
const WITHIN_S = 15 * 60;

/** What is to be written: an object, or a part of one that is being uploaded. */
export interface Target {
  /** The object's whole key. */
  readonly key: string;
  readonly part?: { readonly upload: string; readonly number: number };
}

/** The request that writes it, as it is signed. @param md5 base64, of the bytes, where it is known before */
export function writing({ key, part }: Target, md5: string | undefined): Use {
  const query: Use['query'] = part === undefined ? {} : { partNumber: String(part.number), uploadId: part.upload };
  return { method: 'PUT', key, query, ...(md5 === undefined ? {} : { md5 }), seconds: WITHIN_S };
}

/** The request that reads an object, as it is signed. @param key the object's whole key */
export function reading(key: string): Use {
  return { method: 'GET', key, query: {}, seconds: WITHIN_S };
}

/** A part of an object, as the header of a request says it. */
export function rangeText({ start, end }: ByteRange): string {
  return `bytes=${start}-${end}`;
}

/**
 * The tag of what was put in one request is its MD5, unless the store encrypts it with a key of its own service.
 *
 * @param encryption what the store says of it (`x-amz-server-side-encryption`)
 * @returns base64; `undefined` when the tag does not tell it
 */
export function md5OfTag(tag: string | undefined, encryption: string | undefined): string | undefined {
  const [, hex] = /^"?([0-9a-f]{32})"?$/.exec(tag ?? '') ?? [];
  if (hex === undefined || encryption?.startsWith('aws:kms')) return undefined;
  return Buffer.from(hex, 'hex').toString('base64');
}

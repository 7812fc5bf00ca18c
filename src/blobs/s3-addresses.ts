import type { S3Client } from '@aws-sdk/client-s3';
import type { S3RequestPresigner } from '@aws-sdk/s3-request-presigner';
import type { Sdk } from './s3-client.ts';

/** What an address is good for, and for how long. */
export interface Use {
  readonly method: 'GET' | 'PUT';
  /** The object's whole key. */
  readonly key: string;
  readonly query: Readonly<Record<string, string>>;
  /** Base64: nobody can put other bytes there, and a `Content-MD5` header must say it. */
  readonly md5?: string;
  readonly seconds: number;
}

/** Where objects of a bucket lie, and by whose rules addresses are signed there. */
interface Ground {
  /** Ends where a key begins. */
  readonly start: URL;
  readonly region: string;
  readonly service: string;
}

const SAMPLE = 'sample';

/**
 * Signs addresses of objects, by the SDK's own signer. The SDK would find out for each one anew where the bucket lies,
 * which takes ten times as long as to sign it; here it is asked once, by a sample. Credentials are asked for each time:
 * those of a role are renewed.
 */
export class S3Addresses {
  readonly #signer: S3RequestPresigner;
  readonly #start: URL;

  private constructor(sdk: Sdk, { config }: S3Client, { start, region, service }: Ground) {
    const { credentials, sha256 } = config;
    this.#signer = new sdk.S3RequestPresigner({ credentials, sha256, region, service });
    this.#start = start;
  }

  /** @param client of the address under which the bucket is reached @throws as the SDK does, without credentials */
  static async open(sdk: Sdk, client: S3Client, bucket: string): Promise<S3Addresses> {
    const command = new sdk.GetObjectCommand({ Bucket: bucket, Key: SAMPLE });
    const sample = new URL(await sdk.getSignedUrl(client, command));
    // it ends with date, region, service and version
    const [, region = '', service = ''] = sample.searchParams.get('X-Amz-Credential')?.split('/').slice(-4) ?? [];
    return new S3Addresses(sdk, client, { start: new URL('.', sample), region, service });
  }

  async sign({ method, key, query, md5, seconds }: Use): Promise<string> {
    const { protocol, hostname, port, pathname, origin } = this.#start;
    const path = pathname + key.split('/').map(escaped).join('/');
    const request = {
      ...{ method, protocol, hostname, path, query: { ...query } },
      ...(port === '' ? {} : { port: Number(port) }),
      headers: md5 === undefined ? {} : { 'content-md5': md5 },
    };
    const { query: signed = {} } = await this.#signer.presign(request, {
      expiresIn: seconds,
      ...(md5 === undefined ? {} : { signableHeaders: FIXED }),
    });
    const pairs = Object.entries(signed).map(([name, value]) => `${escaped(name)}=${escaped(String(value))}`);
    return `${origin}${path}?${pairs.sort().join('&')}`;
  }
}

/** An address as a request is made of it. */
export function placeOf(address: string): { readonly origin: string; readonly path: string } {
  const { origin } = new URL(address);
  return { origin, path: address.slice(origin.length) };
}

/** Without it the MD5 would be a part of the address that nobody has to keep to. */
const FIXED = new Set(['host', 'content-md5']);

/** As the signature has it (RFC 3986): nothing is left that a store could read in two ways. */
function escaped(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

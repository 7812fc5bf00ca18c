import type { FastifyRequest } from 'fastify';
import type { Clock } from '../../../model/clock.ts';
import { forbidden } from '../../../model/error.ts';
import { type Grant, signUrl, type Verdict, verifyUrl } from '../../../secrets/signed-url.ts';

/** Clients retry an upload for about 20 minutes and ask anew only for a new one (wandb protocol, 4.1). */
const LIFETIME_MS = 12 * 3_600_000;

/** Addresses that carry their own authorisation, because clients send none with uploads and downloads. */
export class SignedAddresses {
  readonly #keys: readonly [Uint8Array, ...Uint8Array[]];
  readonly #clock: Clock;

  /**
   * @param keys derived from the master keys for signed URLs: the first one signs; while the master key is being
   *   rotated, other nodes may sign with another one
   */
  constructor(keys: readonly [Uint8Array, ...Uint8Array[]], clock: Clock) {
    this.#keys = keys;
    this.#clock = clock;
  }

  /** @param baseUrl without a trailing slash */
  sign(baseUrl: string, grant: Grant): string {
    return baseUrl + signUrl(this.#keys[0], grant, this.#clock.now() + LIFETIME_MS);
  }

  /** Judges an address as a request carries it. */
  verify(method: string, pathWithQuery: string): Verdict {
    const now = this.#clock.now();
    const verdicts = this.#keys.map((key) => verifyUrl(key, method, pathWithQuery, now));
    return verdicts.find((verdict) => verdict !== 'forged') ?? 'forged';
  }

  /** Who holds an address that we signed may use it. @returns its path @throws TriplineError forbidden */
  admit({ method, raw: { url = '' } }: FastifyRequest): string {
    switch (this.verify(method, url)) {
      case 'forged':
        throw forbidden('this address was not signed by this server');
      case 'expired':
        throw forbidden('this address has expired: ask for a new one');
      case 'valid':
        return url.split('?', 1)[0] ?? '';
    }
  }
}

/** A name as one segment of a path, so that nothing on the way can rewrite it. */
export function toSegment(name: string): string {
  return Buffer.from(name, 'utf8').toString('base64url');
}

export function fromSegment(segment: string): string {
  return Buffer.from(segment, 'base64url').toString('utf8');
}

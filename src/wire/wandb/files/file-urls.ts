import type { Clock } from '../../../model/clock.ts';
import { parseFileName } from '../../../model/file-name.ts';
import { parseId, type RunId, type TenantId } from '../../../model/ids.ts';
import { signUrl, type Verdict, verifyUrl } from '../../../secrets/signed-url.ts';
import type { RunKey } from '../../../store/run-heads.ts';

/** Clients retry an upload for about 20 minutes and ask anew only for a new one (wandb protocol, 4.1). */
const LIFETIME_MS = 12 * 3_600_000;

/** Where run files are put and got; registered with a wildcard, because names may be long. */
export const RUN_FILES_PATH = '/storage/runs/';

/** What an address means. */
export interface FileTarget extends RunKey {
  readonly name: string;
}

/**
 * Makes and reads the addresses of run files. They carry their own authorisation, because the client sends none
 * with uploads; the name is one base64url segment, so that nothing on the way can rewrite it.
 */
export class FileUrls {
  readonly #key: Uint8Array;
  readonly #clock: Clock;

  /** @param key derived from the master key for signed URLs */
  constructor(key: Uint8Array, clock: Clock) {
    this.#key = key;
    this.#clock = clock;
  }

  /** @param baseUrl without a trailing slash */
  upload(baseUrl: string, target: FileTarget): string {
    return this.#sign('PUT', baseUrl, target);
  }

  /** @param baseUrl without a trailing slash */
  download(baseUrl: string, target: FileTarget): string {
    return this.#sign('GET', baseUrl, target);
  }

  /** Judges an address as a request carries it. */
  verify(method: string, pathWithQuery: string): Verdict {
    return verifyUrl(this.#key, method, pathWithQuery, this.#clock.now());
  }

  #sign(method: 'GET' | 'PUT', baseUrl: string, target: FileTarget): string {
    return baseUrl + signUrl(this.#key, { method, path: pathOf(target) }, this.#clock.now() + LIFETIME_MS);
  }
}

/** The path of a file's address. */
export function pathOf({ tenantId, runId, name }: FileTarget): string {
  return `${RUN_FILES_PATH}${tenantId}/${runId}/${Buffer.from(name, 'utf8').toString('base64url')}`;
}

/** Reads the path of an address; `undefined` when it is none of ours. */
export function targetOf(pathWithQuery: string): FileTarget | undefined {
  const [path = ''] = pathWithQuery.split('?');
  const [tenant = '', run = '', encoded = '', ...rest] = path.slice(RUN_FILES_PATH.length).split('/');
  const [tenantId, runId] = [parseId<TenantId>(tenant), parseId<RunId>(run)];
  if (!path.startsWith(RUN_FILES_PATH) || tenantId === undefined || runId === undefined || rest.length > 0) {
    return undefined;
  }
  return { tenantId, runId, name: parseFileName(Buffer.from(encoded, 'base64url').toString('utf8')) };
}

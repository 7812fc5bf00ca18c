import { parseFileName } from '../../../model/file-name.ts';
import { parseId, type RunId, type TenantId } from '../../../model/ids.ts';
import type { RunKey } from '../../../store/run-heads.ts';
import { fromSegment, type SignedAddresses, toSegment } from './signed-addresses.ts';

/** Where run files are put and got; registered with a wildcard, because names may be long. */
export const RUN_FILES_PATH = '/storage/runs/';

/** What an address means. */
export interface FileTarget extends RunKey {
  readonly name: string;
}

/** Makes the addresses of run files. */
export class FileUrls {
  readonly #signed: SignedAddresses;

  constructor(signed: SignedAddresses) {
    this.#signed = signed;
  }

  /** @param baseUrl without a trailing slash */
  upload(baseUrl: string, target: FileTarget): string {
    return this.#signed.sign(baseUrl, { method: 'PUT', path: pathOf(target) });
  }

  /** @param baseUrl without a trailing slash */
  download(baseUrl: string, target: FileTarget): string {
    return this.#signed.sign(baseUrl, { method: 'GET', path: pathOf(target) });
  }
}

/** The path of a file's address. */
export function pathOf({ tenantId, runId, name }: FileTarget): string {
  return `${RUN_FILES_PATH}${tenantId}/${runId}/${toSegment(name)}`;
}

/** Reads the path of an address; `undefined` when it is none of ours. */
export function targetOf(path: string): FileTarget | undefined {
  const [tenant = '', run = '', encoded = '', ...rest] = path.slice(RUN_FILES_PATH.length).split('/');
  const [tenantId, runId] = [parseId<TenantId>(tenant), parseId<RunId>(run)];
  if (!path.startsWith(RUN_FILES_PATH) || tenantId === undefined || runId === undefined || rest.length > 0) {
    return undefined;
  }
  return { tenantId, runId, name: parseFileName(fromSegment(encoded)) };
}

import { type ObjectStore, startObjectStore } from '../../support/object-store.ts';
import { SMALLEST_PART } from './plan.ts';

/** Where the files of a round lie. */
export interface FileStore {
  readonly bucket: ObjectStore | undefined;
  /** Settings of the server. */
  readonly env: Readonly<Record<string, string>>;
  /** Clients bring files there by themselves. */
  readonly direct: boolean;
  /** Files are carried from one place to the other and back meanwhile. */
  readonly moving: boolean;
}

export const STORES = {
  'uploads-folder': async (): Promise<FileStore> => ({ bucket: undefined, env: {}, direct: false, moving: false }),
  'uploads-bucket': () => inBucket({ direct: false, moving: false }),
  'uploads-direct': () => inBucket({ direct: true, moving: false }),
  'uploads-moved': () => inBucket({ direct: false, moving: true }),
} as const;

export type StoreName = keyof typeof STORES;

async function inBucket(how: Pick<FileStore, 'direct' | 'moving'>): Promise<FileStore> {
  const bucket = await startObjectStore(SMALLEST_PART);
  const env = { ...bucket.env, ...(how.direct ? { TRIPLINE_S3_DIRECT_URL: bucket.url } : {}) };
  return { bucket, env, ...how };
}

import type { BlobStore } from '../blobs/blob-store.ts';
import type { BlobKey } from '../model/blob-key.ts';
import type { Ground } from '../store/ground.ts';
import type { GatheredUploads } from './gathered-uploads.ts';
import type { SpaceLimit } from './space.ts';

/** Where files are kept. */
export interface FileGround extends Ground {
  readonly blobs: BlobStore;
  /** How many bytes each entity may store. */
  readonly space: SpaceLimit;
  readonly uploads: GatheredUploads;
  /** Files that are being put together of their parts: who asks again waits for the same. */
  readonly assembling: Map<BlobKey, Promise<void>>;
  /** Told about content that could not be removed although nothing needs it any more; it is tried again later. */
  readonly onLeftover: (key: BlobKey, error: unknown) => void;
}

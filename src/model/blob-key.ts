import type { Brand } from './brand.ts';

/** Where a blob lies: made by us from ids, never from what a user named. */
export type BlobKey = Brand<string, 'BlobKey'>;

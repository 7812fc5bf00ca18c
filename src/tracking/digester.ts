import { createHash } from 'node:crypto';
import { createXXHash128 } from 'hash-wasm';

/** Takes bytes, piece by piece, and tells their digest in the end. */
export interface Digester {
  update(piece: Buffer | string): unknown;
  /** Once, at the end. */
  digest(encoding: 'hex' | 'base64'): string;
}

/**
 * By the algorithm of an artifact, which is that of its manifest and of its files alike (wandb protocol, 5.12, 5.13).
 *
 * @param algorithm `MANIFEST_MD5` or `MANIFEST_XXH128`
 */
export async function digesterOf(algorithm: string): Promise<Digester> {
  if (algorithm !== 'MANIFEST_XXH128') return createHash('md5');
  const hash = (await createXXHash128()).init();
  return {
    update: (piece) => hash.update(piece),
    digest: (encoding) => Buffer.from(hash.digest('binary')).toString(encoding),
  };
}

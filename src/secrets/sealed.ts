import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** First byte of everything sealed: what follows is a nonce, the text under AES-256-GCM, and its tag. */
const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = 'aes-256-gcm';

/** What a sealed text belongs to; it opens for nothing else, so that rows cannot be swapped. */
export type Belonging = readonly [use: string, ...where: string[]];

/** Seals bytes under a key of 32 bytes, with a nonce of their own. */
export function seal(key: Uint8Array, plain: Uint8Array, belonging: Belonging): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(bytesOf(belonging));
  const body = [cipher.update(plain), cipher.final()];
  return Buffer.concat([Buffer.of(FORMAT), nonce, ...body, cipher.getAuthTag()]);
}

/** Opens what {@link seal} made; `undefined` when the key or the belonging is another one, or a bit was changed. */
export function unseal(key: Uint8Array, sealed: Uint8Array, belonging: Belonging): Uint8Array | undefined {
  if (sealed.length < 1 + NONCE_BYTES + TAG_BYTES || sealed[0] !== FORMAT) return undefined;
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(bytesOf(belonging))
    .setAuthTag(sealed.subarray(-TAG_BYTES));
  const plain = decipher.update(sealed.subarray(1 + NONCE_BYTES, -TAG_BYTES));
  try {
    return Buffer.concat([plain, decipher.final()]);
  } catch {
    return undefined;
  }
}

function bytesOf(belonging: Belonging): Uint8Array {
  return Buffer.from(JSON.stringify(belonging), 'utf8');
}

/** Without those that are taken for others. */
const SIGNS = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 20;

/** A password for somebody's first time: 20 signs at random, about 115 bits. */
export function firstPassword(): string {
  const signs: string[] = [];
  while (signs.length < LENGTH) {
    // what lies beyond the last whole round would make the first signs likelier
    const fair = [...crypto.getRandomValues(new Uint8Array(LENGTH))].filter(
      (byte) => byte < 256 - (256 % SIGNS.length),
    );
    signs.push(...fair.map((byte) => SIGNS.charAt(byte % SIGNS.length)));
  }
  return signs.slice(0, LENGTH).join('');
}

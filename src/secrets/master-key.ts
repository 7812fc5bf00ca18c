import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Brand } from '../model/brand.ts';

/** 32 bytes from which every other key is derived. Never stored in the database, never logged. */
export type MasterKey = Brand<Uint8Array, 'MasterKey'>;

/** What a derived key is for; each purpose has a key of its own, so that none helps against another. */
export type Purpose = 'signed-url' | 'slack-state' | 'sealing' | 'session' | 'check';

const LENGTH = 32;

/** The master key that a text stands for: the variable's value or the file's content, base64 or not. */
export function masterKeyFrom(text: string): MasterKey {
  return derive(Buffer.from(text, 'utf8'), 'tripline master key') as Uint8Array as MasterKey;
}

/** A key that ends with its process: signs what must not outlive it, and seals nothing, since no database knows it. */
export function temporaryMasterKey(): MasterKey {
  return derive(randomBytes(LENGTH), 'tripline master key') as Uint8Array as MasterKey;
}

/** A key of 32 bytes for one purpose (HKDF, SHA-256). */
export function deriveKey(master: MasterKey, purpose: Purpose): Uint8Array {
  return derive(master, `tripline ${purpose}`);
}

/** Tells master keys apart without giving anything of them away; stored in the database, hex. */
export function keyCheck(master: MasterKey): string {
  return createHmac('sha256', deriveKey(master, 'check')).update('tripline key check').digest('hex');
}

function derive(material: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', material, '', purpose, LENGTH));
}

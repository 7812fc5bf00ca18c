import { deriveKey, keyCheck, type MasterKey } from './master-key.ts';

/**
 * The master keys that a process knows: the one it started with and, while the master key is being rotated, the
 * other one too. Each is named by its check value.
 */
export class MasterKeys {
  /** First the one that counted for the database at the start, if that one is known. */
  readonly all: readonly [MasterKey, ...MasterKey[]];
  readonly #sealing: ReadonlyMap<string, Uint8Array>;

  constructor(first: MasterKey, ...others: readonly MasterKey[]) {
    this.all = [first, ...others];
    this.#sealing = new Map(this.all.map((master) => [keyCheck(master), deriveKey(master, 'sealing')]));
  }

  /** Check values. */
  get known(): readonly string[] {
    return [...this.#sealing.keys()];
  }

  /** The key under which the master key with this check value wraps data keys; `undefined` when it is unknown. */
  sealingKey(check: string): Uint8Array | undefined {
    return this.#sealing.get(check);
  }
}

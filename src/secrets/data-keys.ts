import type { TenantId } from '../model/ids.ts';
import { unwrapDataKey, type WrappedKey } from './data-key.ts';
import type { MasterKeys } from './master-keys.ts';

/** About 100 bytes each. */
const MOST_REMEMBERED = 10_000;

/**
 * The data keys of tenants, unwrapped once and remembered: re-wrapping under a new master key does not change them,
 * so a node goes on with those it knows, whatever wraps them now.
 */
export class DataKeys {
  readonly #masters: MasterKeys;
  readonly #read: (tenants: readonly TenantId[]) => Promise<readonly WrappedKey[]>;
  readonly #onLocked: (key: Pick<WrappedKey, 'tenantId' | 'wrappedBy'>) => void;
  readonly #remembered = new Map<TenantId, Uint8Array>();
  readonly #told = new Set<string>();

  /** @param onLocked told once of every key that cannot be unwrapped: the operator must hear of it */
  constructor(
    masters: MasterKeys,
    read: (tenants: readonly TenantId[]) => Promise<readonly WrappedKey[]>,
    onLocked: (key: Pick<WrappedKey, 'tenantId' | 'wrappedBy'>) => void,
  ) {
    this.#masters = masters;
    this.#read = read;
    this.#onLocked = onLocked;
  }

  /** The keys of these tenants; without those that have none, or whose master key this node does not know. */
  async of(tenants: readonly TenantId[]): Promise<ReadonlyMap<TenantId, Uint8Array>> {
    const unknown = tenants.filter((tenant) => !this.#remembered.has(tenant));
    const found = new Map(tenants.flatMap((tenant) => this.#entry(tenant)));
    if (unknown.length === 0) return found;
    for (const wrapped of await this.#read(unknown)) {
      const key = unwrapDataKey(this.#masters, wrapped);
      if (key === undefined) this.#tell(wrapped);
      else found.set(wrapped.tenantId, key);
    }
    for (const [tenant, key] of found) this.#remember(tenant, key);
    return found;
  }

  #tell(key: WrappedKey): void {
    const name = `${key.tenantId}/${key.wrappedBy}`;
    if (this.#told.has(name)) return;
    this.#told.add(name);
    this.#onLocked(key);
  }

  #entry(tenant: TenantId): [TenantId, Uint8Array][] {
    const key = this.#remembered.get(tenant);
    return key === undefined ? [] : [[tenant, key]];
  }

  #remember(tenant: TenantId, key: Uint8Array): void {
    this.#remembered.delete(tenant);
    this.#remembered.set(tenant, key);
    const [oldest] = this.#remembered.keys();
    if (oldest !== undefined && this.#remembered.size > MOST_REMEMBERED) this.#remembered.delete(oldest);
  }
}

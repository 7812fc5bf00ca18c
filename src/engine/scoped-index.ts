import type { LiveAutomation } from './automation.ts';
import { Listing } from './listing.ts';

/** Live automations by what they wait for, and by scope: what nobody waits for costs one look-up. */
export class ScopedIndex<Automation extends LiveAutomation = LiveAutomation> {
  readonly #listings = new Map<string, Map<string, Listing<Automation>>>();
  /** How many things are waited for in a scope. */
  readonly #sizes = new Map<string, number>();

  /** Whether a scope has any automation here. */
  has(scope: string): boolean {
    return this.#sizes.has(scope);
  }

  /** What waits for `key` in some of the scopes. */
  find(key: string, scopes: readonly string[]): readonly Listing<Automation>[] {
    const byScope = this.#listings.get(key);
    return byScope === undefined ? [] : scopes.flatMap((scope) => byScope.get(scope) ?? []);
  }

  /** @param edition the edition of the rulebook that begins with this edit */
  add(key: string, scope: string, automation: Automation, edition: number): void {
    const byScope = this.#listings.get(key) ?? new Map<string, Listing<Automation>>();
    this.#listings.set(key, byScope);
    const listing = byScope.get(scope) ?? this.#begin(byScope, scope, edition);
    listing.add(automation);
  }

  /** Takes this very automation out; a newer one with its id stays. */
  remove(key: string, scope: string, automation: Automation): void {
    const byScope = this.#listings.get(key);
    const listing = byScope?.get(scope);
    listing?.remove(automation);
    if (byScope === undefined || listing?.isEmpty !== true) return;
    byScope.delete(scope);
    if (byScope.size === 0) this.#listings.delete(key);
    const left = (this.#sizes.get(scope) ?? 0) - 1;
    if (left > 0) this.#sizes.set(scope, left);
    else this.#sizes.delete(scope);
  }

  #begin(byScope: Map<string, Listing<Automation>>, scope: string, edition: number): Listing<Automation> {
    const listing = new Listing<Automation>(edition);
    byScope.set(scope, listing);
    this.#sizes.set(scope, (this.#sizes.get(scope) ?? 0) + 1);
    return listing;
  }
}

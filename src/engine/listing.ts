import type { AutomationId } from '../model/ids.ts';
import type { LiveAutomation } from './automation.ts';

/** The live automations of one scope that wait for the same. An edit costs nothing until the list is asked for. */
export class Listing<Automation extends LiveAutomation = LiveAutomation> {
  /** The edition of the rulebook since which it has never been empty. */
  readonly since: number;
  readonly #members = new Map<AutomationId, Automation>();
  #list: readonly Automation[] | undefined;

  constructor(since: number) {
    this.since = since;
  }

  get isEmpty(): boolean {
    return this.#members.size === 0;
  }

  /** Oldest first. The same array until the next edit, and never changed. */
  get list(): readonly Automation[] {
    this.#list ??= byAge([...this.#members.values()]);
    return this.#list;
  }

  add(automation: Automation): void {
    this.#members.set(automation.id, automation);
    this.#list = undefined;
  }

  /** Takes this very automation out; a newer one with its id stays. */
  remove(automation: Automation): void {
    if (this.#members.get(automation.id) !== automation) return;
    this.#members.delete(automation.id);
    this.#list = undefined;
  }
}

/** The members of several listings, oldest first. */
export function listed<Automation extends LiveAutomation>(
  listings: readonly Listing<Automation>[],
): readonly Automation[] {
  const [first, ...more] = listings;
  if (more.length === 0) return first?.list ?? [];
  return byAge(listings.flatMap(({ list }) => list));
}

function byAge<Automation extends LiveAutomation>(automations: Automation[]): readonly Automation[] {
  return automations.sort((left, right) => left.id.length - right.id.length || (left.id < right.id ? -1 : 1));
}

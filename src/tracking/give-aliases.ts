import type { Instant } from '../model/clock.ts';
import { aliasesAt, holdersOf, setAliases } from '../store/aliases.ts';
import type { Transaction } from '../store/database.ts';
import type { ArtifactChange, VersionPlace } from './artifact-events.ts';

/** What came of giving names to a version at one of its places. */
export interface AliasesGiven {
  /** The place with all aliases that it has now. */
  readonly place: VersionPlace;
  /** One for each name that the version did not hold there, in the order asked for, `latest` last. */
  readonly changes: readonly ArtifactChange[];
}

/**
 * Gives a version names at one of its places, whose collection is locked; each leaves its present holder. A name
 * that the version holds already is no change (automations, section 2.2).
 *
 * @param names checked already (`parseAlias`)
 */
export async function giveAliases(
  tx: Transaction,
  place: Omit<VersionPlace, 'aliases'>,
  names: readonly string[],
  now: Instant,
): Promise<AliasesGiven> {
  const holders = await holdersOf(tx, place, names);
  const added = latestLast(names).filter((name) => holders.get(name) !== place.versionIndex);
  await setAliases(tx, place, added, now);
  const held = await aliasesAt(tx, place.tenantId, [place]);
  const named = { ...place, aliases: held.map(({ alias }) => alias) };
  const changes = added.map((alias) => ({
    type: 'ADD_ARTIFACT_ALIAS' as const,
    place: named,
    alias,
    previousVersion: holders.get(alias) ?? null,
  }));
  return { place: named, changes };
}

/** Each name once; people act on the specific ones, so that `latest` comes behind them. */
function latestLast(names: readonly string[]): string[] {
  const others = new Set(names);
  return others.delete('latest') ? [...others, 'latest'] : [...others];
}

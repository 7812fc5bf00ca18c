import type { ArtifactEventType, CapturedArtifactEvent } from '../events/artifact-events.ts';
import { versionString } from '../events/artifact-subject.ts';
import { groupBy } from '../model/group-by.ts';
import { collectionsByKey } from '../store/collection-reads.ts';
import type { CollectionKey, CollectionKind } from '../store/collections.ts';
import type { Queryable } from '../store/database.ts';
import { describePlaces, type VersionPlace } from '../store/describe-places.ts';
import type { Membership } from '../store/memberships.ts';
import type { PageUrls } from '../store/page-urls.ts';
import { readSubjects } from '../store/read-subjects.ts';
import { newestAliasesIn, newestCollectionTagsIn, newestPlacesIn } from '../store/scope-places.ts';
import type { Territory } from '../store/territory.ts';

/** Something that is there, as the event that would tell of it. */
export interface ArtifactThing {
  readonly kind: 'version' | 'alias' | 'tag';
  /** `entity/project/collection:v3`, with ` as alias` or ` tag` behind it where it is one. */
  readonly name: string;
  readonly captured: CapturedArtifactEvent;
}

/** Versions whose tags are looked at. */
const TAGGED_VERSIONS = 200;

/** The newest things of some territories that an event of a type tells of. @param author who is said to have caused it */
export async function newestThings(
  urls: PageUrls,
  database: Queryable,
  territories: readonly Territory[],
  type: ArtifactEventType,
  { author, limit }: { readonly author: string; readonly limit: number },
): Promise<readonly ArtifactThing[]> {
  const found = await Promise.all(
    territories.map((territory) => thingsIn(new Things(urls, database, author), territory, type, limit)),
  );
  return found.flat().slice(0, limit);
}

function thingsIn(things: Things, territory: Territory, type: ArtifactEventType, limit: number) {
  switch (type) {
    case 'CREATE_ARTIFACT':
      return things.versions(territory, type, 'sequence', limit);
    case 'LINK_MODEL':
    case 'UNLINK_ARTIFACT':
      return things.versions(territory, type, 'portfolio', limit);
    case 'ADD_ARTIFACT_ALIAS':
      return things.aliases(territory, type, limit);
    case 'ADD_ARTIFACT_TAG':
    case 'REMOVE_ARTIFACT_TAG':
      return things.versionTags(territory, type);
    case 'ADD_COLLECTION_TAG':
    case 'REMOVE_COLLECTION_TAG':
      return things.collectionTags(territory, type, limit);
  }
}

class Things {
  readonly #urls: PageUrls;
  readonly #database: Queryable;
  readonly #author: string;

  constructor(urls: PageUrls, database: Queryable, author: string) {
    this.#urls = urls;
    this.#database = database;
    this.#author = author;
  }

  async versions(
    territory: Territory,
    type: 'CREATE_ARTIFACT' | 'LINK_MODEL' | 'UNLINK_ARTIFACT',
    kind: CollectionKind,
    limit: number,
  ): Promise<ArtifactThing[]> {
    const { places, version } = await this.#seen(await newestPlacesIn(this.#database, territory, kind, limit));
    return places.map((place) => {
      const seen = version(place);
      const captured = { type, author: this.#author, version: seen };
      return { kind: 'version', name: versionString(seen.collection, seen.index), captured };
    });
  }

  async aliases(territory: Territory, type: 'ADD_ARTIFACT_ALIAS', limit: number): Promise<ArtifactThing[]> {
    const held = await newestAliasesIn(this.#database, territory, limit);
    const { places, version } = await this.#seen(held);
    const placeOf = new Map(places.map((place) => [placeName(place), place]));
    return held.flatMap((each) => {
      const place = placeOf.get(placeName(each));
      if (place === undefined) return [];
      const seen = version(place);
      const { alias } = each;
      const captured = { type, author: this.#author, version: seen, alias, previousVersion: null };
      return { kind: 'alias' as const, name: `${versionString(seen.collection, seen.index)} as ${alias}`, captured };
    });
  }

  async versionTags(territory: Territory, type: 'ADD_ARTIFACT_TAG' | 'REMOVE_ARTIFACT_TAG'): Promise<ArtifactThing[]> {
    const newest = await newestPlacesIn(this.#database, territory, null, TAGGED_VERSIONS);
    const { places, version } = await this.#seen(newest);
    return places.flatMap((place) => {
      const seen = version(place);
      return place.tags.map((tag): ArtifactThing => {
        const captured = { type, author: this.#author, version: seen, tag };
        return { kind: 'tag', name: `${versionString(seen.collection, seen.index)} ${tag}`, captured };
      });
    });
  }

  async collectionTags(
    territory: Territory,
    type: 'ADD_COLLECTION_TAG' | 'REMOVE_COLLECTION_TAG',
    limit: number,
  ): Promise<ArtifactThing[]> {
    const tags = await newestCollectionTagsIn(this.#database, territory, limit);
    const { collection } = await readSubjects(this.#urls, this.#database, tags, []);
    return tags.map((each) => {
      const seen = collection(each);
      const captured = { type, author: this.#author, collection: seen, tag: each.tag };
      return { kind: 'tag', name: `${seen.entity}/${seen.project}/${seen.name} ${each.tag}`, captured };
    });
  }

  /** Places in their order, as events see them. */
  async #seen(newest: readonly Membership[]) {
    const keys = [...groupBy(newest, collectionName).values()].flatMap(([first]) => first ?? []);
    const collections = await collectionsByKey(this.#database, keys);
    const places = await describePlaces(this.#database, newest, collections);
    const { version } = await readSubjects(this.#urls, this.#database, collections, places);
    return { places, version };
  }
}

const collectionName = ({ tenantId, collectionId }: CollectionKey): string => `${tenantId}/${collectionId}`;
const placeName = (place: Pick<VersionPlace, 'tenantId' | 'collectionId' | 'versionIndex'>): string =>
  `${collectionName(place)}:${place.versionIndex}`;

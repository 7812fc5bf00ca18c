import type { CollectionId, TenantId } from '../model/ids.ts';
import type { Queryable } from './database.ts';
import { Parameters } from './list-columns.ts';
import type { TextTerm } from './sought-terms.ts';

/** Collections of one tenant. */
export interface Collections {
  readonly tenantId: TenantId;
  readonly collectionIds: readonly CollectionId[];
}

/** A text of metadata as it is kept in order: what it begins with, and what tells it from those that begin alike. */
export interface KeptText {
  readonly text: string;
  readonly number: number;
}

/** Texts that some versions have in their metadata and that a condition lets through. */
export interface KeptTexts {
  readonly texts: readonly KeptText[];
  /** Whether each is known whole, so that it meets the condition and does not just begin so that it may. */
  readonly areWhole: boolean;
}

/** More different texts than these are not looked at, each by itself. */
const MOST_TEXTS = 1_000;
/** Of a text of so many characters only the beginning may be known. */
const CUT = 64;

/**
 * The different texts of a path that meet a condition, from a step in the index for each text that there is, however
 * many versions have it; `undefined` when there are too many of them.
 */
export async function keptTexts(
  database: Queryable,
  { tenantId, collectionIds }: Collections,
  { path, begins, holds }: TextTerm,
): Promise<KeptTexts | undefined> {
  const parameters = new Parameters();
  const beginning = `metadata_start(${parameters.add(begins, 'text')})`;
  const next = (further: string) => `select text, number from version_term
    where tenant_id = ${parameters.add(tenantId, 'bigint')} and collection_id = place.collection_id
      and key = metadata_key(${parameters.add(path, 'text')}, 'string') and ${further}
    order by text, number limit 1`;
  const rows = await database.queryOnce<KeptText>(
    ...parameters.finish(`select distinct found.text, found.number
      from (select each.text, each.number
        from unnest(${parameters.add(collectionIds, 'bigint[]')}) place (collection_id) cross join lateral (
          with recursive found (text, number) as (
            (${next(`text >= ${beginning}`)})
            union all
            select next.text, next.number from found cross join lateral (
              ${next('(text, number) > (found.text, found.number)')}) next
             where starts_with(found.text, ${beginning}))
          select text, number from found where starts_with(text, ${beginning})) each
        limit ${MOST_TEXTS + 1}) found`),
  );
  if (rows.length > MOST_TEXTS) return undefined;
  const texts = rows.filter(({ text }) => isCut(text) || holds(text));
  return { texts, areWhole: !texts.some(({ text }) => isCut(text)) };
}

function isCut(text: string): boolean {
  return text.length >= CUT;
}

import type { Filter } from '../filter/filter.ts';
import type { Queryable } from './database.ts';
import { type Collections, type KeptTexts, keptTexts } from './kept-texts.ts';
import { Parameters } from './list-columns.ts';
import {
  areAllTerms,
  isWidened,
  type MetadataTerm,
  type PlainValue,
  SIZE,
  type SoughtTerm,
  soughtTerms,
  type TermPath,
} from './sought-terms.ts';

/** What finds the versions that a filter can match, so that no others are read. */
export type Narrowing = OrderedNarrowing | GatheredNarrowing;

/** The versions of one alias or value: an index has them in the order of their numbers. */
interface OrderedNarrowing {
  readonly kind: 'ordered';
  readonly term: AliasTerm | FoundTerm;
  /** Whether just what it finds matches. */
  readonly isExact: boolean;
}

/** The versions that have all of some terms: their numbers are gathered first. */
interface GatheredNarrowing {
  readonly kind: 'gathered';
  readonly terms: readonly FoundTerm[];
  /** Whether there are versions whose metadata has more values than are kept: any of them may match too. */
  readonly untold: boolean;
  /** Whether many versions have each: those of a page may be among the next few. */
  readonly areFrequent: boolean;
  readonly isExact: boolean;
}

type AliasTerm = Extract<SoughtTerm, { kind: 'alias' }>;

/** A term by whose values versions are found. */
type FoundTerm = MetadataTerm | KeptTerm;

/** Those texts at a path that meet a condition. */
interface KeptTerm extends KeptTexts {
  readonly kind: 'kept';
  readonly path: string;
}

/** More than this is frequent, however much more. */
const FREQUENT = 500;
/** Stands for the values of metadata that has too many of them. */
const TOO_MANY = 'term.key = 0';
/** Stands for keys of metadata that hold dots. */
const DOTTED = 'term.key = 1';

/**
 * How versions in some collections that match a filter are best found; `undefined` when they are found by looking at
 * each. Of several terms that a filter asks for the rarest is taken, and all of them when none is rare.
 *
 * @param areReordered whether versions are wanted in another order than that of their numbers, which one value's have
 */
export async function narrowingOf(
  database: Queryable,
  place: Collections,
  filter: Filter | undefined,
  areReordered = false,
): Promise<Narrowing | undefined> {
  if (filter === undefined) return undefined;
  const sought = soughtTerms(filter.root);
  const isWhole = areAllTerms(filter.root);
  const alias = sought.find((term) => term.kind === 'alias');
  if (alias !== undefined) return { kind: 'ordered', term: alias, isExact: isWhole && sought.length === 1 };
  const found = await Promise.all(sought.map((term) => foundBy(database, place, term)));
  const terms = found.filter((term) => term !== undefined);
  if (terms.length === 0) return undefined;
  // of one value the numbers come in their order, however many have it
  const isOne = terms.length === 1 && terms.every(isOfOneValue) && !areReordered;
  const { untold, dotted, counts } = await countTerms(database, place, isOne ? [] : terms);
  const areFrequent = counts.length > 0 && Math.min(...counts) >= FREQUENT;
  const chosen = rarestOf(terms, counts);
  const isClear =
    !untold && !(dotted && terms.some(({ path }) => path !== SIZE && path.includes('.'))) && terms.every(isSure);
  const isExact = isWhole && isClear && chosen.length === sought.length;
  const [first, ...others] = chosen;
  const isOrdered = first !== undefined && isOfOneValue(first) && others.length === 0 && !untold && !areReordered;
  if (isOrdered) return { kind: 'ordered', term: first, isExact };
  return { kind: 'gathered', terms: chosen, untold, areFrequent, isExact };
}

async function foundBy(database: Queryable, place: Collections, term: SoughtTerm): Promise<FoundTerm | undefined> {
  if (term.kind === 'alias') return undefined;
  if (term.kind !== 'texts') return term;
  const kept = await keptTexts(database, place, term);
  return kept && { ...kept, kind: 'kept', path: term.path };
}

function isSure(term: FoundTerm): boolean {
  return term.kind !== 'kept' || term.areWhole;
}

function isOfOneValue(term: FoundTerm): boolean {
  return (term.kind === 'values' && term.values.length === 1) || (term.kind === 'kept' && term.texts.length === 1);
}

function rarestOf(terms: readonly FoundTerm[], counts: readonly number[]): readonly FoundTerm[] {
  const least = Math.min(...counts);
  return least < FREQUENT ? terms.filter((_, index) => index === counts.indexOf(least)) : terms;
}

interface TermCounts {
  /** Whether some metadata has too many values to tell. */
  readonly untold: boolean;
  readonly dotted: boolean;
  /** How many versions have each of several terms, up to a bound. */
  readonly counts: readonly number[];
}

async function countTerms(
  database: Queryable,
  { tenantId, collectionIds }: Collections,
  weighed: readonly FoundTerm[],
): Promise<TermCounts> {
  const parameters = new Parameters();
  const place = { tenant: parameters.add(tenantId, 'bigint'), collection: 'place.collection_id' };
  const some = (places: string) => `from unnest(${parameters.add(collectionIds, 'bigint[]')}) as place (collection_id)
    cross join lateral (${places}) term`;
  const counts = weighed.map(
    (term) =>
      `(select count(*)::int from (select ${some(placesWith(term, place, parameters))} limit ${FREQUENT}) found)`,
  );
  const [row] = await database.queryOnce<TermCounts>(
    ...parameters.finish(`select exists (select ${some(placesWhere(TOO_MANY, place))}) as untold,
      exists (select ${some(placesWhere(DOTTED, place))}) as dotted, array[${counts.join(', ')}]::int[] as counts`),
  );
  return row ?? { untold: true, dotted: true, counts: [] };
}

/** Where the statement says which collection is looked through. */
export interface NarrowedPlace {
  readonly tenant: string;
  readonly collection: string;
}

/** The numbers that a narrowing finds in a collection, each once, as the rows of `term` in an order. */
export function gatheredPlaces(
  { terms, untold }: GatheredNarrowing,
  place: NarrowedPlace,
  { parameters, further = 'true', descending = false }: GatheredOrder,
): string {
  const each = terms.map((term) => placesWith(term, place, parameters, further));
  const also = untold ? ` union all (${placesWhere(`${TOO_MANY} and ${further}`, place)})` : '';
  return `(select distinct version_index from (${each.map((one) => `(${one})`).join(' intersect ')}${also}) found
    order by version_index ${descending ? 'desc' : 'asc'}) term`;
}

interface GatheredOrder {
  readonly parameters: Parameters;
  /** A condition on `term.version_index` that all that is wanted meets. */
  readonly further?: string | undefined;
  readonly descending?: boolean | undefined;
}

/** Where the numbers of an ordered narrowing lie, by the name `term`. */
export function orderedTable({ term }: OrderedNarrowing): string {
  return term.kind === 'alias' ? 'alias term' : 'version_term term';
}

/** The condition on {@link orderedTable} that lets what may match through. */
export function orderedSql({ term }: OrderedNarrowing, parameters: Parameters): string {
  if (term.kind === 'alias') return `term.alias = ${parameters.add(term.alias, 'text')}`;
  return conditionsOf(term, parameters).join(' or ');
}

function placesWhere(condition: string, { tenant, collection }: NarrowedPlace): string {
  return `select term.version_index from version_term term
    where term.tenant_id = ${tenant} and term.collection_id = ${collection} and ${condition}`;
}

function placesWith(term: FoundTerm, place: NarrowedPlace, parameters: Parameters, further = 'true'): string {
  if (term.kind === 'kept') return placesWithTexts(term, place, parameters, further);
  return conditionsOf(term, parameters)
    .map((condition) => placesWhere(`${condition} and ${further}`, place))
    .join(' union all ');
}

/** Of many texts each is looked up by itself, rather than all of that path. */
function placesWithTexts({ path, texts }: KeptTerm, place: NarrowedPlace, parameters: Parameters, further: string) {
  const [kept, numbers] = [texts.map(({ text }) => text), texts.map(({ number }) => number)];
  const each = placesWhere(
    `${keyOf(path, '', parameters)} and term.text = kept.text and term.number = kept.number and ${further}`,
    place,
  );
  return `select term.version_index from unnest(${parameters.add(kept, 'text[]')},
      ${parameters.add(numbers, 'float8[]')}) kept (text, number) cross join lateral (${each} offset 0) term`;
}

/** Any of them holds for what has a term; each is answered by a part of the index. */
function conditionsOf(term: FoundTerm, parameters: Parameters): string[] {
  switch (term.kind) {
    case 'kept': {
      const key = keyOf(term.path, '', parameters);
      return term.texts.map(
        ({ text, number }) =>
          `${key} and term.text = ${parameters.add(text, 'text')} and term.number = ${parameters.add(number, 'float8')}`,
      );
    }
    case 'values':
      return term.values.map((value) => `${keyOf(term.path, value, parameters)} and ${isValue(value, parameters)}`);
    case 'range': {
      const { path, bound } = term;
      const [column, operand] =
        typeof bound === 'string'
          ? ['term.text', `metadata_start(${parameters.add(bound, 'text')})`]
          : ["term.text = '' and term.number", parameters.add(bound, 'float8')];
      const comparison = (isWidened(term) ? WIDENED : COMPARISONS)[term.op];
      return [`${keyOf(path, bound, parameters)} and ${column} ${comparison} ${operand}`];
    }
  }
}

const COMPARISONS = { $gt: '>', $gte: '>=', $lt: '<', $lte: '<=' } as const;
const WIDENED = { $gt: '>=', $gte: '>=', $lt: '<=', $lte: '<=' } as const;

function keyOf(path: TermPath, value: PlainValue, parameters: Parameters): string {
  if (path === SIZE) return `term.key = metadata_key('', 'size')`;
  return `term.key = metadata_key(${parameters.add(path, 'text')}, '${typeof value}')`;
}

function isValue(value: PlainValue, parameters: Parameters): string {
  if (typeof value !== 'string') return `term.text = '' and term.number = ${parameters.add(Number(value), 'float8')}`;
  const text = parameters.add(value, 'text');
  return `term.text = metadata_start(${text}) and term.number = metadata_rest(${text})`;
}

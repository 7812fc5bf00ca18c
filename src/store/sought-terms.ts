import type { Filter, FilterNode, Scalar, Test } from '../filter/filter.ts';
import type { CollectionId, TenantId } from '../model/ids.ts';
import { isStorable } from '../model/storable.ts';
import type { Queryable } from './database.ts';
import { Parameters } from './list-columns.ts';

/** How fields of metadata begin. */
export const METADATA = 'metadata.';

/** What whatever matches a filter has: an alias, or a value at a path of its metadata. */
export type SoughtTerm =
  | { readonly kind: 'alias'; readonly alias: string }
  | { readonly kind: 'metadata'; readonly path: string; readonly value: Exclude<Scalar, null> };

/** What finds the versions that a filter can match, so that no others are read. */
export interface Narrowing {
  readonly term: SoughtTerm;
  /** Whether there are versions whose metadata has more values than are kept: any of them may match too. */
  readonly untold: boolean;
  /** Whether having it is all that the filter asks. */
  readonly sole: boolean;
}

/** Collections of one tenant. */
interface Collections {
  readonly tenantId: TenantId;
  readonly collectionIds: readonly CollectionId[];
}

/** Stands for the values of metadata that has too many of them. */
const TOO_MANY = '0';
/** More than this is frequent, however much more. */
const FREQUENT = 500;

/**
 * How versions in some collections that match a filter are best found; `undefined` when they are found by looking at
 * each. Of several values that a filter asks for the rarest is taken.
 */
export async function narrowingOf(
  database: Queryable,
  place: Collections,
  filter: Filter | undefined,
): Promise<Narrowing | undefined> {
  const terms = filter === undefined ? [] : termsOf(filter.root);
  const [first, ...others] = terms;
  if (filter === undefined || first === undefined) return undefined;
  const sole = others.length === 0 && isSole(filter.root);
  const alias = terms.find(({ kind }) => kind === 'alias');
  if (alias !== undefined) return { term: alias, untold: false, sole };
  const { untold, counts } = await countTerms(database, place, others.length === 0 ? [] : terms);
  return { term: terms[counts.indexOf(Math.min(...counts))] ?? first, untold: untold > 0, sole };
}

/** How many versions have each of some terms, up to a bound, and whether any has too many to tell. */
async function countTerms(database: Queryable, { tenantId, collectionIds }: Collections, terms: readonly SoughtTerm[]) {
  const parameters = new Parameters();
  const bounded = (condition: string, limit: number) => `(select count(*)::int from (
      select from unnest(${parameters.add(collectionIds, 'bigint[]')}) as place (collection_id)
        join version_term term on term.tenant_id = ${parameters.add(tenantId, 'bigint')}
         and term.collection_id = place.collection_id and ${condition}
       limit ${limit}) found)`;
  const counts = terms.map((term) => bounded(termSql(term, parameters), FREQUENT));
  const untold = bounded(`term.term = ${TOO_MANY}`, 1);
  const [row] = await database.queryOnce<{ untold: number; counts: number[] }>(
    ...parameters.finish(`select ${untold} as untold, array[${counts.join(', ')}]::int[] as counts`),
  );
  return row ?? { untold: 1, counts: [] };
}

/** Where the numbers of versions that may match lie, by the name `term`. */
export function narrowingTable({ term }: Narrowing): string {
  return term.kind === 'alias' ? 'alias term' : 'version_term term';
}

/** The condition on {@link narrowingTable} that lets what may match through. */
export function narrowingSql({ term, untold }: Narrowing, parameters: Parameters): string {
  const condition = termSql(term, parameters);
  return untold ? `(${condition} or term.term = ${TOO_MANY})` : condition;
}

function termSql(term: SoughtTerm, parameters: Parameters): string {
  if (term.kind === 'alias') return `term.alias = ${parameters.add(term.alias, 'text')}`;
  const value = parameters.add(JSON.stringify(term.value), 'jsonb');
  return `term.term = metadata_term(${parameters.add(term.path, 'text')}, ${value})`;
}

/** What all that matches has. */
function termsOf(node: FilterNode): SoughtTerm[] {
  if (node.kind === '$and') return node.parts.flatMap(termsOf);
  if (node.kind !== 'field') return [];
  return node.tests.flatMap((test) => termOf(node.field.name, test) ?? []);
}

function termOf(field: string, test: Test): SoughtTerm | undefined {
  const value = test.op === '$eq' && !Array.isArray(test.operand) ? (test.operand as Scalar) : null;
  if (value === null || (typeof value === 'string' && !isStorable(value))) return undefined;
  if (field === 'alias') return typeof value === 'string' ? { kind: 'alias', alias: value } : undefined;
  const path = field.slice(METADATA.length);
  return field.startsWith(METADATA) && isStorable(path) ? { kind: 'metadata', path, value } : undefined;
}

/** Keys with dots have more readings than one: the value may lie at another than what the filter means. */
function isSole(root: FilterNode): boolean {
  const [only, ...more] = root.kind === '$and' ? root.parts : [root];
  if (only?.kind !== 'field' || more.length > 0 || only.tests.length > 1) return false;
  return only.field.name === 'alias' || !only.field.name.slice(METADATA.length).includes('.');
}

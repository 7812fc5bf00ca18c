import { z } from 'zod';
import { LISTED_RUN_FIELDS } from '../../events/run-fields.ts';
import type { Field } from '../../filter/catalogue.ts';
import { invalid } from '../../model/error.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { Ground } from '../../store/ground.ts';
import type { GroupSort } from '../../store/run-groups.ts';
import type { GroupValue, RunListing } from '../../store/run-queries.ts';
import { parseRunFilters } from '../run-listing.ts';
import { pageOf, pageQuery } from './page.ts';
import { type ofProject, requireProject } from './projects.ts';
import { run } from './run-schemas.ts';
import { severalOf } from './several.ts';

/** Columns of one answer. */
const MOST_COLUMNS = 60;
const MOST_GROUPINGS = 4;
const field = z.string().min(1).max(500);
const FIELDS = LISTED_RUN_FIELDS.names.join(', ');

const soughtShape = {
  search: z.string().max(200).optional().describe('part of the name or the id, in any case'),
  filter: z.string().max(20_000).optional().describe('a filter as JSON, as the client gives it to lists of runs'),
  group: severalOf(field, MOST_GROUPINGS, 'a field by whose values runs are grouped').optional(),
};

const withinShape = {
  in: z
    .string()
    .max(20_000)
    .optional()
    .describe('only the runs of one group: its values as a JSON list, one of each field of `group`'),
};

const columns = severalOf(field, MOST_COLUMNS, `a field whose value is wanted: ${FIELDS}`).optional();

/** Which runs are asked for. */
export const soughtRuns = z.strictObject({ ...soughtShape, ...withinShape });

export const runsQuery = z.strictObject({
  ...pageQuery.shape,
  ...soughtRuns.shape,
  sort: field.default('-created_at').describe(`a field, with - before it for the other direction: ${FIELDS}`),
  columns,
});

export const groupsQuery = z.strictObject({
  ...pageQuery.shape,
  ...soughtShape,
  group: severalOf(field, MOST_GROUPINGS, 'a field by whose values runs are grouped'),
  sort: field
    .default('created')
    .describe(
      "'created': by when their newest run was created, 'count': by how many they are, or a field of `group`: by what they have there",
    ),
  order: z.enum(['asc', 'desc']).default('desc'),
  columns,
});

export const runsPage = z.object({
  ...pageOf(run).shape,
  complete: z
    .boolean()
    .describe('false when not all runs could be looked at in one answer: nextCursor goes on, where others may match'),
});

export const runCount = z
  .object({
    count: z.int(),
    exact: z.boolean().describe('false when there may be more: not all runs could be looked at in one answer'),
  })
  .meta({ id: 'RunCount' });

/** A column as it was asked for. */
export interface Column {
  readonly name: string;
  readonly field: Field;
}

/** @throws TriplineError invalid */
export function columnsOf(names: readonly string[], path = 'columns'): Column[] {
  return names.map((name) => {
    const found = LISTED_RUN_FIELDS.resolve(name);
    if (found === undefined) throw invalid(`runs have no field '${name}'; there are ${FIELDS}`, path);
    return { name, field: found };
  });
}

/** By what groups are to be ordered, of those of some fields. @throws TriplineError invalid */
export function groupSortOf(sort: string, group: readonly Column[]): GroupSort {
  if (sort === 'created' || sort === 'count') return sort;
  const leading = group.find(({ name }) => name === sort);
  if (leading !== undefined) return { leading: leading.field };
  const names = group.map(({ name }) => name);
  throw invalid(`groups cannot be ordered by '${sort}', but by created, count, ${names.join(', ')}`, 'sort');
}

/** The runs that a request is about. @throws TriplineError not_found, invalid */
export async function listingOf(
  ground: Ground,
  viewer: Viewer,
  params: z.output<typeof ofProject>,
  sought: z.output<typeof soughtRuns>,
): Promise<RunListing> {
  const { tenantId, id: projectId, name, entityName } = await requireProject(ground, viewer, params);
  return {
    tenantId,
    projectId,
    project: name,
    entity: entityName,
    filter: parseRunFilters(sought.filter, 'filter'),
    search: sought.search,
    group: sought.in === undefined ? [] : groupValues(sought.group ?? [], sought.in),
  };
}

function groupValues(names: readonly string[], text: string): GroupValue[] {
  const values = z.array(z.json()).length(names.length).safeParse(parsed(text));
  if (!values.success) {
    throw invalid(`in must be a JSON list with a value of each field of group: ${names.join(', ')}`, 'in');
  }
  return columnsOf(names, 'group').map(({ field: each }, index) => ({
    field: each,
    value: values.data[index] ?? null,
  }));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

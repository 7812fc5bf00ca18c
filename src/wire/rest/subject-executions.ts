import { z } from 'zod';
import { seenAt } from '../../delivery/find-executions.ts';
import type { ExecutionPlace } from '../../delivery/place-of-execution.ts';
import { findProject } from '../../directory/find-project.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import { notFound } from '../../model/error.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { SearchedColumn } from '../../store/execution-filter.ts';
import type { ProjectPlace } from '../../store/projects.ts';
import { findRunKey } from '../../store/runs.ts';
import type { RestResource } from './app.ts';
import { ofCollection, ofVersion, requireCollection, requirePlace } from './collection-of.ts';
import { ofSubjectQuery } from './execution-queries.ts';
import { executionsPage } from './execution-schemas.ts';
import { resolveSearch } from './execution-search.ts';
import { byTime } from './executions.ts';
import { answers } from './schemas.ts';
import { ownersOf } from './shown-versions.ts';

const tags = ['executions'];
const inProject = { entity: z.string(), project: z.string() };

/** What executions are about, and where such events lie: by default with the entity of the address. */
interface Subject {
  readonly column: SearchedColumn;
  readonly id: string;
  readonly places?: readonly ExecutionPlace[];
}

/** The executions that a run, a version or a collection caused (AUT-146). */
export const subjectExecutions: RestResource = (app, { ground }) => {
  const list = async (
    viewer: Viewer,
    address: { readonly entity: string; readonly project: string },
    { limit, cursor, ...search }: z.output<typeof ofSubjectQuery>,
    find: (project: ProjectPlace) => Promise<Subject>,
  ) => {
    const entity = await requireEntity(ground, viewer, address.entity);
    const project = await findProject(ground, viewer, address.entity, address.project);
    if (project === undefined) throw notFound(`project '${address.entity}/${address.project}' not found`);
    const { column, id, places } = await find(project);
    const { filter, places: own } = await resolveSearch(ground, viewer, entity, search);
    const wanted = new Map(filter.wanted).set(column, [id]);
    const seen = places === undefined ? filter.seen : seenAt(viewer, places);
    return byTime(
      { ground, viewer, places: places ?? own },
      { ...filter, wanted, seen },
      { limit, cursor, oldestFirst: false },
    );
  };
  const schema = <Params extends z.ZodType>(summary: string, params: Params) => ({
    schema: { tags, summary, params, querystring: ofSubjectQuery, response: answers(200, executionsPage) },
  });

  app.get(
    '/entities/:entity/projects/:project/runs/:run/executions',
    schema('List the executions that a run caused, newest first', z.object({ ...inProject, run: z.string() })),
    ({ viewer, params, query }) =>
      list(viewer, params, query, async ({ tenantId, id: projectId }) => {
        const key = await findRunKey(ground.database, { tenantId, projectId, name: params.run });
        if (key === undefined) throw notFound(`run '${params.run}' not found`);
        return { column: 'subject_id', id: key.runId };
      }),
  );

  app.get(
    '/entities/:entity/projects/:project/artifacts/:collection/executions',
    schema('List the executions that a collection or its versions caused, newest first', ofCollection),
    ({ viewer, params, query }) =>
      list(viewer, params, query, async (project) => {
        const { collectionId: id } = await requireCollection(ground, project, params.collection);
        return { column: 'collection_id', id };
      }),
  );

  app.get(
    '/entities/:entity/projects/:project/artifacts/:collection/versions/:version/executions',
    schema('List the executions that a version caused here and where it is linked to, newest first', ofVersion),
    ({ viewer, params, query }) =>
      list(viewer, params, query, async (project) => {
        const collection = await requireCollection(ground, project, params.collection);
        const { artifactTenantId: tenantId, artifactId } = await requirePlace(ground, collection, params.version);
        const places = await ownersOf(ground, viewer, [{ tenantId, artifactId }]);
        return { column: 'subject_id', id: artifactId, places };
      }),
  );
};

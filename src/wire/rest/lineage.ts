import { groupBy } from '../../model/group-by.ts';
import type { Viewer } from '../../model/viewer.ts';
import { aliasesAtPlaces } from '../../store/collection-reads.ts';
import type { Ground } from '../../store/ground.ts';
import { runViewsByKey } from '../../store/lineage-reads.ts';
import { projectsById } from '../../store/projects-of-many.ts';
import { findLineage, type LineageNode } from '../../tracking/find-lineage.ts';
import type { RestResource } from './app.ts';
import type { ShownPlace } from './artifact-schemas.ts';
import { ofVersion } from './collection-of.ts';
import { versionAt } from './found-version.ts';
import { lineage, lineageQuery, type ShownNode } from './lineage-schemas.ts';
import { answers } from './schemas.ts';
import { placesSeen } from './shown-places.ts';

/** What artifact versions were made of, and what was made of them. */
export const lineageResource: RestResource = (app, { ground }) => {
  app.get(
    '/entities/:entity/projects/:project/artifacts/:collection/versions/:version/lineage',
    {
      schema: {
        tags: ['artifacts'],
        summary: 'Read which runs and versions an artifact version was made of, and what was made of it',
        params: ofVersion,
        querystring: lineageQuery,
        response: answers(200, lineage),
      },
    },
    async ({ viewer, params, query }) => {
      const { key } = await versionAt(ground, viewer, params);
      const { nodes, edges } = await findLineage(ground.database, viewer, key, query);
      const shown = await showNodes(ground, viewer, nodes);
      // what was deleted since it was found is left out with its edges
      const ids = new Set(shown.map(({ id }) => id));
      return {
        focus: nodes[0]?.id ?? '',
        nodes: shown,
        edges: edges.filter(({ from, to }) => ids.has(from) && ids.has(to)),
      };
    },
  );
};

async function showNodes(ground: Ground, viewer: Viewer, nodes: readonly LineageNode[]): Promise<ShownNode[]> {
  const [runs, versions] = await Promise.all([runNodes(ground, nodes), versionNodes(ground, viewer, nodes)]);
  const shown = new Map([...runs, ...versions].map((node) => [node.id, node]));
  return nodes.flatMap(({ id }) => shown.get(id) ?? []);
}

async function runNodes({ database }: Ground, nodes: readonly LineageNode[]): Promise<ShownNode[]> {
  const wanted = nodes.flatMap((node) => (node.kind === 'run' ? [node] : []));
  const runs = await runViewsByKey(
    database,
    wanted.map(({ key }) => key),
  );
  const projects = await projectsById(database, [...new Set(runs.map(({ projectId }) => projectId))]);
  return wanted.flatMap(({ id, kind, key, moreBefore, moreAfter }) => {
    const run = runs.find((each) => each.tenantId === key.tenantId && each.runId === key.runId);
    const project = projects.find((each) => each.id === run?.projectId);
    if (run === undefined || project === undefined) return [];
    const { displayName, state, jobType } = run;
    const place = { entity: project.entityName, project: project.name, run: run.name };
    return [{ kind, id, ...place, name: displayName, state, jobType, moreBefore, moreAfter }];
  });
}

async function versionNodes(ground: Ground, viewer: Viewer, nodes: readonly LineageNode[]): Promise<ShownNode[]> {
  const wanted = nodes.flatMap((node) => (node.kind === 'version' ? [node] : []));
  const places = await placesSeen(
    ground,
    viewer,
    wanted.map(({ key }) => key),
  );
  const byVersion = groupBy(places, ({ place }) => `${place.artifactTenantId}/${place.artifactId}`);
  const chosen = wanted.flatMap((node) => {
    const all = byVersion.get(`${node.key.tenantId}/${node.key.artifactId}`) ?? [];
    const place = all.find(({ collection }) => collection.kind === 'sequence') ?? all[0];
    return place === undefined ? [] : [{ node, place }];
  });
  const aliases = await aliasesAtPlaces(
    ground.database,
    chosen.map(({ place }) => place.place),
  );
  return chosen.map(({ node: { id, kind, moreBefore, moreAfter }, place }) => ({
    ...{ kind, id, moreBefore, moreAfter, ...named(place) },
    aliases: aliases.flatMap((each) => (isAt(each, place) ? [each.alias] : [])),
  }));
}

function named({ place, collection, project }: ShownPlace) {
  return {
    ...{ entity: project.entityName, project: project.name, collection: collection.name, type: collection.typeName },
    version: `v${place.versionIndex}`,
  };
}

function isAt(one: Pick<ShownPlace['place'], 'tenantId' | 'collectionId' | 'versionIndex'>, { place }: ShownPlace) {
  const { tenantId, collectionId, versionIndex } = place;
  return one.tenantId === tenantId && one.collectionId === collectionId && one.versionIndex === versionIndex;
}

import { z } from 'zod';
import type { ArtifactId, TenantId } from '../../model/ids.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { Artifact } from '../../store/artifacts.ts';
import { aliasesAtPlaces } from '../../store/collection-reads.ts';
import { MOST_ABOUT } from '../../store/count-executions.ts';
import type { Ground } from '../../store/ground.ts';
import { artifactsOfRun } from '../../store/lineage-reads.ts';
import type { RestResource } from './app.ts';
import { place, toPlace } from './artifact-schemas.ts';
import { cutPage, decodeCursor, pageOf, pageQuery } from './page.ts';
import { ofRun, requireRun } from './run-of.ts';
import { answers, id, instant, isoInstant, parsedId } from './schemas.ts';
import { placesSeen } from './shown-places.ts';
import { executionsOfVersions } from './shown-versions.ts';

const runArtifact = z
  .object({
    id,
    ...place.shape,
    aliases: z.array(z.string()).describe('in this collection'),
    size: z.number().describe('bytes of all its files and references'),
    files: z.int().describe('how many it has'),
    createdAt: instant,
    executions: z.int().describe(`how many it caused, here and where else it lies; counted to ${MOST_ABOUT}`),
    links: z.array(place).describe('where else it is linked to, as far as you may see'),
  })
  .meta({ id: 'RunArtifact' });

const listQuery = z.strictObject({
  ...pageQuery.shape,
  direction: z.enum(['used', 'logged']).describe('what the run took in, or what it put out'),
});

/** Versions that runs used and logged. */
export const runArtifacts: RestResource = (app, { ground }) => {
  app.get(
    '/entities/:entity/projects/:project/runs/:run/artifacts',
    {
      schema: {
        tags: ['runs'],
        summary: 'List the artifact versions that a run used or logged, the newest first',
        description: 'Versions that are hidden from you are left out.',
        params: ofRun,
        querystring: listQuery,
        response: answers(200, pageOf(runArtifact)),
      },
    },
    async ({ viewer, params, query: { direction, limit, cursor } }) => {
      const run = await requireRun(ground, viewer, params);
      const [tenantId, artifactId] = decodeCursor(cursor, placeKey) ?? [];
      const rows = await artifactsOfRun(ground.database, {
        ...{ tenantId: run.tenantId, runId: run.runId },
        direction: direction === 'used' ? 'input' : 'output',
        after: tenantId === undefined || artifactId === undefined ? undefined : { tenantId, artifactId },
        limit: limit + 1,
      });
      const page = cutPage(rows, limit, (row) => [row.tenantId, row.artifactId]);
      return { ...page, items: await shown(ground, viewer, page.items) };
    },
  );
};

const placeKey = z.tuple([parsedId<TenantId>(), parsedId<ArtifactId>()]);

/** Where each of some versions lies: at best where it was logged to. */
async function shown(
  ground: Ground,
  viewer: Viewer,
  artifacts: readonly Artifact[],
): Promise<z.output<typeof runArtifact>[]> {
  const places = await placesSeen(ground, viewer, artifacts);
  const [aliases, executions] = await Promise.all([
    aliasesAtPlaces(
      ground.database,
      places.map((each) => each.place),
    ),
    executionsOfVersions(ground, viewer, artifacts),
  ]);
  return artifacts.flatMap((artifact) => {
    const its = places.filter(
      ({ place: { artifactTenantId, artifactId } }) =>
        artifactTenantId === artifact.tenantId && artifactId === artifact.artifactId,
    );
    const home = its.find(({ collection }) => collection.kind === 'sequence') ?? its[0];
    if (home === undefined) return [];
    const { tenantId, collectionId, versionIndex } = home.place;
    const named = aliases.filter(
      (alias) =>
        alias.tenantId === tenantId && alias.collectionId === collectionId && alias.versionIndex === versionIndex,
    );
    return {
      id: artifact.artifactId,
      ...toPlace(home),
      aliases: named.map(({ alias }) => alias),
      ...{ size: artifact.size, files: artifact.fileCount },
      createdAt: isoInstant(artifact.createdAt),
      executions: executions.get(artifact.artifactId) ?? 0,
      links: its.filter((each) => each !== home).map(toPlace),
    };
  });
}

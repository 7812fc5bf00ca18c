import type { Artifact } from '../../../store/artifacts.ts';
import { seenPlaces } from './artifact-access.ts';
import { artifactLoaders } from './artifact-loaders.ts';
import { wholeConnection } from './connection.ts';
import type { GraphqlContext } from './context.ts';
import type { GraphqlModule } from './module.ts';

/** Where a version is, and its names there: only what the viewer may see, for clients fail at hidden places. */
export const artifactPlaces: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Artifact {
      "In all collections that hold it."
      aliases: [ArtifactAlias!]!
      "In its sequence and wherever it is linked to, the oldest first."
      artifactMemberships: ArtifactCollectionMembershipConnection!
    }
  `,
  resolvers: {
    Artifact: {
      aliases: aliasesOf,
      artifactMemberships: async (artifact: Artifact, _args, context) => {
        const places = (await seenPlaces(context, artifact)).map(({ place }) => place);
        return {
          ...wholeConnection(places, ({ collectionId }) => collectionId),
          totalCount: places.length,
        };
      },
    },
  },
};

async function aliasesOf(artifact: Artifact, _args: unknown, context: GraphqlContext) {
  const { aliases } = await artifactLoaders(context);
  const places = await seenPlaces(context, artifact);
  const names = await Promise.all(places.map(({ place }) => aliases.load(place)));
  return names.flatMap((ofPlace) => ofPlace ?? []);
}

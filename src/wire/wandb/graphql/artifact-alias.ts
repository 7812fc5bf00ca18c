import { keyedNodeId } from '../../../model/wire-id.ts';
import type { Alias } from '../../../store/aliases.ts';
import { aliasesOfCollection } from '../../../store/collection-reads.ts';
import type { Collection } from '../../../store/collections.ts';
import { artifactLoaders } from './artifact-loaders.ts';
import { connection, decodeCursor, encodeCursor, pageSize } from './connection.ts';
import type { GraphqlContext } from './context.ts';
import type { GraphqlModule } from './module.ts';

/** Aliases: names in a collection, each of one version. The implicit `v3` is none. */
export const artifactAlias: GraphqlModule = {
  sdl: /* GraphQL */ `
    type ArtifactAlias {
      id: ID!
      alias: String!
      artifactCollection: ArtifactCollection
    }
    type ArtifactAliasConnection {
      edges: [ArtifactAliasEdge!]!
      pageInfo: PageInfo!
    }
    type ArtifactAliasEdge {
      node: ArtifactAlias!
      cursor: String!
    }
  `,
  resolvers: {
    ArtifactAlias: {
      id: ({ tenantId, collectionId, alias }: Alias) => keyedNodeId('ArtifactAlias', tenantId, collectionId, alias),
      artifactCollection: async (alias: Alias, _args, context) =>
        (await artifactLoaders(context)).collection.load(alias),
    },
  },
};

/** A page of the aliases of a collection, by name. */
export async function aliasPage(
  { tenantId, collectionId }: Collection,
  args: { readonly first?: number; readonly after?: string },
  { ground }: GraphqlContext,
) {
  const first = pageSize(args.first);
  const [after] = decodeCursor(args.after, 1) ?? [];
  const rows = await aliasesOfCollection(ground.database, { tenantId, collectionId, after, limit: first + 1 });
  return connection(rows, { first, cursorOf: ({ alias }) => encodeCursor(alias) });
}

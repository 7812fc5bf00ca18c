import { groupBy } from '../../../model/group-by.ts';
import { addAliases } from '../../../tracking/add-aliases.ts';
import { deleteAliases } from '../../../tracking/delete-aliases.ts';
import type { NamedAliases } from '../../../tracking/named-places.ts';
import { requireArtifactKey, requireProject } from './artifact-ids.ts';
import type { GraphqlContext } from './context.ts';
import type { GraphqlModule } from './module.ts';

interface AliasesInput {
  readonly artifactID: string;
  readonly aliases: readonly CollectionAlias[];
}

interface CollectionAlias {
  readonly entityName: string;
  readonly projectName: string;
  readonly artifactCollectionName: string;
  readonly alias: string;
}

/** Giving aliases to a version and taking them away, in the collections that it is in (wandb protocol, 5.14). */
export const aliasMutations: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Mutation {
      addAliases(input: AddAliasesInput!): AddAliasesPayload
      deleteAliases(input: DeleteAliasesInput!): DeleteAliasesPayload
    }
    input AddAliasesInput {
      artifactID: ID!
      aliases: [ArtifactCollectionAliasInput!]!
      clientMutationId: String
    }
    input DeleteAliasesInput {
      artifactID: ID!
      aliases: [ArtifactCollectionAliasInput!]!
      clientMutationId: String
    }
    input ArtifactCollectionAliasInput {
      entityName: String!
      projectName: String!
      artifactCollectionName: String!
      alias: String!
    }
    type AddAliasesPayload {
      success: Boolean!
      clientMutationId: String
    }
    type DeleteAliasesPayload {
      success: Boolean!
      clientMutationId: String
    }
  `,
  resolvers: {
    Mutation: {
      addAliases: async (_source, { input }: { input: AliasesInput }, context) => {
        const wanted = await namedAliases(input, context);
        await addAliases(context.tracking, context.viewer, requireArtifactKey(input.artifactID), wanted);
        return { success: true };
      },
      deleteAliases: async (_source, { input }: { input: AliasesInput }, context) => {
        const unwanted = await namedAliases(input, context);
        await deleteAliases(context.tracking, context.viewer, requireArtifactKey(input.artifactID), unwanted);
        return { success: true };
      },
    },
  },
};

async function namedAliases({ aliases }: AliasesInput, context: GraphqlContext): Promise<NamedAliases[]> {
  const groups = groupBy(aliases, ({ entityName, projectName, artifactCollectionName }) =>
    JSON.stringify([entityName, projectName, artifactCollectionName]),
  );
  const named: NamedAliases[] = [];
  for (const group of groups.values()) {
    const [{ entityName, projectName, artifactCollectionName: collectionName }] = group as [CollectionAlias];
    const project = await requireProject(context, entityName, projectName);
    named.push({ project, collectionName, aliases: group.map(({ alias }) => alias) });
  }
  return named;
}

import { ensureProject } from '../../../directory/ensure-project.ts';
import { invalid, notFound } from '../../../model/error.ts';
import { isRegistryName } from '../../../model/registry-name.ts';
import type { ArtifactKey } from '../../../store/artifacts.ts';
import type { ProjectPlace } from '../../../store/projects.ts';
import { type LinkTarget, linkArtifact } from '../../../tracking/link-artifact.ts';
import { requireCollection } from '../../../tracking/require-collection.ts';
import { unlinkArtifact } from '../../../tracking/unlink-artifact.ts';
import { artifactOfClientId } from './artifact-access.ts';
import { collectionKeyOf, requireArtifactKey, requireProject } from './artifact-ids.ts';
import type { GraphqlContext } from './context.ts';
import type { GraphqlModule } from './module.ts';

interface LinkInput {
  readonly artifactID?: string;
  readonly clientID?: string;
  readonly artifactPortfolioID?: string;
  readonly artifactPortfolioName?: string;
  readonly entityName?: string;
  readonly projectName?: string;
  readonly aliases?: readonly { readonly alias: string }[];
}

/** Linking versions in portfolios and registries (wandb protocol, 5.15). */
export const linkMutations: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Mutation {
      "Linking once more in the same portfolio keeps the number that the version has there."
      linkArtifact(input: LinkArtifactInput!): LinkArtifactPayload
      unlinkArtifact(input: UnlinkArtifactInput!): UnlinkArtifactPayload
    }
    input LinkArtifactInput {
      artifactID: ID
      "The provisional id, instead of artifactID."
      clientID: ID
      artifactPortfolioID: ID
      "With entityName and projectName, instead of artifactPortfolioID; made when it is missing."
      artifactPortfolioName: String
      entityName: String
      projectName: String
      aliases: [ArtifactAliasInput!]
      clientMutationId: String
    }
    type LinkArtifactPayload {
      versionIndex: Int
      artifactMembership: ArtifactCollectionMembership
      clientMutationId: String
    }
    input UnlinkArtifactInput {
      artifactID: ID!
      artifactPortfolioID: ID!
      clientMutationId: String
    }
    type UnlinkArtifactPayload {
      artifactID: ID!
      success: Boolean!
      clientMutationId: String
    }
  `,
  resolvers: {
    Mutation: {
      linkArtifact: async (_source, { input }: { input: LinkInput }, context) => {
        const key = await linkedKey(input, context);
        const target = await targetOf(input, context);
        const membership = await linkArtifact(context.tracking, context.viewer, key, target);
        return { versionIndex: membership.versionIndex, artifactMembership: membership };
      },
      unlinkArtifact: async (
        _source,
        { input }: { input: { artifactID: string; artifactPortfolioID: string } },
        { tracking, viewer },
      ) => {
        const portfolio = collectionKeyOf(input.artifactPortfolioID);
        await unlinkArtifact(tracking, viewer, requireArtifactKey(input.artifactID), portfolio);
        return { artifactID: input.artifactID, success: true };
      },
    },
  },
};

async function linkedKey({ artifactID, clientID }: LinkInput, context: GraphqlContext): Promise<ArtifactKey> {
  if (artifactID !== undefined) return requireArtifactKey(artifactID);
  if (clientID === undefined) throw invalid('name the artifact: artifactID or clientID', 'artifactID');
  const found = await artifactOfClientId(context, clientID);
  if (found === undefined) throw notFound('artifact with this clientID not found');
  return found;
}

async function targetOf(input: LinkInput, context: GraphqlContext): Promise<LinkTarget> {
  const aliases = (input.aliases ?? []).map(({ alias }) => alias);
  if (input.artifactPortfolioID !== undefined) {
    const { ground, viewer } = context;
    const key = collectionKeyOf(input.artifactPortfolioID);
    const { collection, project } = await requireCollection(ground.database, viewer, key, 'log');
    return { project, collectionName: collection.name, aliases };
  }
  const { artifactPortfolioName: collectionName, projectName } = input;
  if (collectionName === undefined || projectName === undefined) {
    throw invalid('name the portfolio: artifactPortfolioID, or artifactPortfolioName and projectName');
  }
  return { project: await targetProject(input.entityName, projectName, context), collectionName, aliases };
}

/** A registry is made by its admin; any other project by the first link. */
async function targetProject(
  entityName: string | undefined,
  projectName: string,
  context: GraphqlContext,
): Promise<ProjectPlace> {
  if (isRegistryName(projectName)) return requireProject(context, entityName, projectName);
  return ensureProject(context.ground, context.viewer, entityName, projectName);
}

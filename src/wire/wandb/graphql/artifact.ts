import type { GraphqlModule } from './module.ts';

/**
 * Artifacts, as far as clients up to 0.25 ask for them before they log a table: whether one of the name exists with
 * another type (wandb-protocol, section 5.3). The store holds no artifacts, so that the true answer is always null;
 * a refused field, in contrast, raises out of `run.log` and fails a run that only tracks.
 */
export const artifact: GraphqlModule = {
  sdl: /* GraphQL */ `
    type ArtifactType {
      name: String!
    }
    type Artifact {
      id: ID!
      artifactType: ArtifactType!
    }
    extend type Project {
      "Null for an unknown collection or alias."
      artifact(name: String!): Artifact
    }
  `,
  resolvers: { Project: { artifact: () => null } },
};

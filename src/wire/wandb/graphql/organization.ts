import { type EntityPlace, findEntity } from '../../../directory/find-entity.ts';
import { nodeId } from '../../../model/wire-id.ts';
import type { GraphqlModule } from './module.ts';

/** What is switched on for every organization; the client asks for entity-scoped automations by this name. */
const ORGANIZATION_FEATURES = [{ rampKey: 'automation_entity_scope', isEnabled: true }];

/** Organizations. Each is its own entity, which owns its registries. */
export const organization: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Query {
      "Null for an organization that is unknown or hidden."
      organization(name: String): Organization
    }
    type Organization {
      id: ID!
      name: String!
      orgEntity: Entity!
      featureFlags(rampIDType: RampIDType): [FeatureFlag!]!
      coreWeaveOrganizationId: String
    }
    enum RampIDType {
      OrgName
    }
    type FeatureFlag {
      rampKey: String!
      isEnabled: Boolean!
    }
  `,
  resolvers: {
    Query: {
      organization: async (_source, args: { name?: string }, { ground, viewer }) => {
        const found = args.name === undefined ? undefined : await findEntity(ground, viewer, args.name);
        return found?.kind === 'organization' ? found : null;
      },
    },
    Organization: {
      id: (organization: EntityPlace) => nodeId('Organization', organization.id),
      orgEntity: (organization: EntityPlace) => organization,
      featureFlags: () => ORGANIZATION_FEATURES,
    },
  },
};

import { permits } from '../../../access/permits.ts';
import { type EntityPlace, findEntity, placeOf } from '../../../directory/find-entity.ts';
import type { EntityKind } from '../../../model/viewer.ts';
import { nodeId } from '../../../model/wire-id.ts';
import { entityById } from '../../../store/entities.ts';
import { userByEntity } from '../../../store/users.ts';
import type { GraphqlModule } from './module.ts';

/** What the client calls the kinds of entities (wandb protocol, 6.7, 6.9). */
const ENTITY_TYPES: Readonly<Record<EntityKind, string>> = {
  team: 'team',
  organization: 'organization',
  personal: 'user',
};

/** Teams, personal entities, and the entities of organizations. */
export const entity: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Query {
      "Null for an entity that is unknown or hidden."
      entity(name: String): Entity
    }
    type Entity {
      id: ID!
      name: String!
      entityType: String!
      isTeam: Boolean!
      available: Boolean!
      photoUrl: String
      readOnly: Boolean!
      readOnlyAdmin: Boolean!
      privateOnly: Boolean!
      codeSavingEnabled: Boolean!
      defaultAccess: String!
      isPaid: Boolean!
      storageBytes: Int64!
      limits: JSON
      xxhashDigestsEnabled: Boolean
      createdAt: DateTime!
      "Of a team; null for a personal entity."
      organization: Organization
      "Of a personal entity; null for others."
      user: User
    }
    type EntityConnection {
      edges: [EntityEdge!]!
      pageInfo: PageInfo!
    }
    type EntityEdge {
      node: Entity
      cursor: String!
    }
  `,
  resolvers: {
    Query: {
      entity: (_source, args: { name?: string }, { ground, viewer }) =>
        findEntity(ground, viewer, args.name || viewer.defaultEntity),
    },
    Entity: {
      id: (entity: EntityPlace) => nodeId('Entity', entity.id),
      entityType: (entity: EntityPlace) => ENTITY_TYPES[entity.kind],
      isTeam: (entity: EntityPlace) => entity.kind === 'team',
      available: () => true,
      readOnly: (entity: EntityPlace, _args, { viewer }) => !permits(viewer, 'log', entity),
      readOnlyAdmin: () => false,
      privateOnly: () => false,
      codeSavingEnabled: () => false,
      defaultAccess: () => 'PRIVATE',
      isPaid: () => true,
      storageBytes: () => 0,
      limits: () => ({}),
      xxhashDigestsEnabled: () => true,
      organization: async (entity: EntityPlace, _args, { ground, once }) => {
        if (entity.kind === 'personal') return null;
        const root = await once(`entity:${entity.rootId}`, () => entityById(ground.database, entity.rootId));
        return root === undefined ? null : placeOf(root);
      },
      user: (entity: EntityPlace, _args, { ground }) =>
        entity.kind === 'personal' ? userByEntity(ground.database, entity.id) : null,
    },
  },
};

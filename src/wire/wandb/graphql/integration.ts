import { createWebhook } from '../../../directory/create-webhook.ts';
import type { EntityPlace } from '../../../directory/find-entity.ts';
import { listIntegrations } from '../../../directory/list-integrations.ts';
import { requireEntity } from '../../../directory/require-entity.ts';
import { shownUrl } from '../../../directory/shown-url.ts';
import type { IntegrationId } from '../../../model/ids.ts';
import { nodeId } from '../../../model/wire-id.ts';
import type { Integration } from '../../../store/integrations.ts';
import { connection, decodeIdCursor, encodeCursor, pageSize } from './connection.ts';
import type { GraphqlModule } from './module.ts';

/** What answers need of an integration. */
export type IntegrationNode = Pick<Integration, 'id' | 'tenantId' | 'rootId' | 'kind' | 'name' | 'config'>;

interface CreateWebhookInput {
  readonly entityName: string;
  readonly name: string;
  readonly urlEndpoint: string;
  readonly accessTokenRef?: string;
  readonly secretRef?: string;
}

/** Webhooks and Slack channels of an entity (wandb protocol, 8.8). */
export const integration: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Entity {
      integrations(after: String, first: Int): IntegrationConnection!
    }
    extend type Mutation {
      createGenericWebhookIntegration(
        input: CreateGenericWebhookIntegrationInput!
      ): CreateGenericWebhookIntegrationPayload
    }
    union Integration = GenericWebhookIntegration | SlackIntegration
    type GenericWebhookIntegration {
      id: ID!
      name: String!
      "Path and query only for those who manage the entity's integrations."
      urlEndpoint: String!
      accessTokenRef: String
      secretRef: String
      createdAt: DateTime!
    }
    type SlackIntegration {
      id: ID!
      teamName: String!
      channelName: String!
    }
    type IntegrationConnection {
      edges: [IntegrationEdge!]!
      pageInfo: PageInfo!
    }
    type IntegrationEdge {
      node: Integration
      cursor: String!
    }
    input CreateGenericWebhookIntegrationInput {
      entityName: String!
      name: String!
      urlEndpoint: String!
      accessTokenRef: String
      secretRef: String
      clientMutationId: String
    }
    type CreateGenericWebhookIntegrationPayload {
      integration: Integration!
      clientMutationId: String
    }
  `,
  resolvers: {
    Integration: {
      __resolveType: (node: IntegrationNode) =>
        node.kind === 'webhook' ? 'GenericWebhookIntegration' : 'SlackIntegration',
    },
    GenericWebhookIntegration: {
      id: (node: IntegrationNode) => nodeId('GenericWebhookIntegration', node.id),
      urlEndpoint: (node: IntegrationNode, _args, { viewer }) => shownUrl(viewer, node),
      accessTokenRef: (node: IntegrationNode) => node.config.accessTokenRef,
      secretRef: (node: IntegrationNode) => node.config.secretRef,
    },
    SlackIntegration: {
      id: (node: IntegrationNode) => nodeId('SlackIntegration', node.id),
      teamName: (node: IntegrationNode) => node.config.teamName,
      channelName: (node: IntegrationNode) => node.config.channelName,
    },
    Entity: {
      integrations: async (entity: EntityPlace, args: { first?: number; after?: string }, { ground, viewer }) => {
        const first = pageSize(args.first);
        const page = { after: decodeIdCursor<IntegrationId>(args.after), limit: first };
        const rows = await listIntegrations(ground, viewer, entity, page);
        return connection(rows, { first, cursorOf: (row) => encodeCursor(row.id) });
      },
    },
    Mutation: {
      createGenericWebhookIntegration: async (
        _source,
        { input }: { input: CreateWebhookInput },
        { ground, viewer },
      ) => {
        const entity = await requireEntity(ground, viewer, input.entityName);
        const integration = await createWebhook(ground, viewer, entity, {
          name: input.name,
          url: input.urlEndpoint,
          accessTokenRef: input.accessTokenRef ?? null,
          secretRef: input.secretRef ?? null,
        });
        return { integration };
      },
    },
  },
};

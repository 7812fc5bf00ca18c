import { nodeId } from '../../../model/wire-id.ts';
import type { ApiKey } from '../../../store/api-keys.ts';
import type { GraphqlModule } from './module.ts';

/** A key as it is listed: its name is masked; the key itself is answered once, by the mutation that makes it. */
export const apiKey: GraphqlModule = {
  sdl: /* GraphQL */ `
    type ApiKey {
      id: ID!
      name: String!
      description: String
      createdAt: DateTime!
    }
    type ApiKeyConnection {
      edges: [ApiKeyEdge!]!
    }
    type ApiKeyEdge {
      node: ApiKey
      cursor: String!
    }
  `,
  resolvers: {
    ApiKey: {
      id: (key: ApiKey) => nodeId('ApiKey', key.id),
      name: (key: ApiKey & { readonly secret?: string }) => key.secret ?? `…${key.hint}`,
    },
  },
};

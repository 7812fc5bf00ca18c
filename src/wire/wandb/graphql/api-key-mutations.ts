import { createApiKey } from '../../../directory/create-api-key.ts';
import { deleteApiKey } from '../../../directory/delete-api-key.ts';
import { notFound } from '../../../model/error.ts';
import type { ApiKeyId } from '../../../model/ids.ts';
import { parseNodeId } from '../../../model/wire-id.ts';
import type { GraphqlModule } from './module.ts';

export const apiKeyMutations: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Mutation {
      "The only answer that holds the key itself, as its name."
      generateApiKey(input: GenerateApiKeyInput!): GenerateApiKeyPayload
      deleteApiKey(input: DeleteApiKeyInput!): DeleteApiKeyPayload
    }
    input GenerateApiKeyInput {
      description: String
      clientMutationId: String
    }
    type GenerateApiKeyPayload {
      apiKey: ApiKey!
      clientMutationId: String
    }
    input DeleteApiKeyInput {
      id: String!
      clientMutationId: String
    }
    type DeleteApiKeyPayload {
      success: Boolean!
      clientMutationId: String
    }
  `,
  resolvers: {
    Mutation: {
      generateApiKey: async (_source, { input }: { input: { description?: string } }, { ground, viewer }) => {
        const { key, ...shown } = await createApiKey(ground, viewer, input.description ?? null);
        return { apiKey: { ...shown, secret: key } };
      },
      deleteApiKey: async (_source, { input }: { input: { id: string } }, { ground, viewer }) => {
        const id = parseNodeId<ApiKeyId>('ApiKey', input.id);
        if (id === undefined) throw notFound('API key not found');
        await deleteApiKey(ground, viewer, id);
        return { success: true };
      },
    },
  },
};

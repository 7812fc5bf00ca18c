import type { Server } from './server.ts';

/** A refusal, as the client would read it: the status decides what it does. */
export class GraphqlRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export type Graphql = <Data>(document: string, variables: Readonly<Record<string, unknown>>) => Promise<Data>;

/** Sends documents as the client does. @throws GraphqlRefusal for any answer but data */
export function graphqlWith(server: Pick<Server, 'call'>, key: string): Graphql {
  return async <Data>(query: string, variables: Readonly<Record<string, unknown>>) => {
    const operationName = /^(?:query|mutation) (\w+)/.exec(query)?.[1] ?? '';
    const answer = await server.call('/graphql', { method: 'POST', key, body: { query, operationName, variables } });
    const parsed = parse(answer.text);
    if (answer.status !== 200 || parsed.errors !== undefined) {
      throw new GraphqlRefusal(answer.status, parsed.errors?.map(({ message }) => message).join('; ') ?? answer.text);
    }
    return parsed.data as Data;
  };
}

interface Reply {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string }[];
}

function parse(text: string): Reply {
  try {
    return JSON.parse(text) as Reply;
  } catch {
    return {};
  }
}

import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';

/** Sends what the `wandb` client and the public API's users send. */
export interface DemoClient {
  /** Calls the public API below `/api/v1`. @throws Error with the server's own words */
  rest(method: 'GET' | 'POST' | 'DELETE', path: string, body?: Json): Promise<JsonObject>;
  graphql(query: string, variables: JsonObject): Promise<JsonObject>;
  fileStream(run: { entity: string; project: string; name: string }, body: Json): Promise<void>;
}

export function createDemoClient(baseUrl: string, apiKey: string): DemoClient {
  const authorization = `Basic ${Buffer.from(`api:${apiKey}`).toString('base64')}`;
  const send = async (method: string, path: string, body?: Json): Promise<JsonObject> => {
    const response = await fetch(baseUrl + path, {
      method,
      headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${text}`);
    const answer = text === '' ? {} : (JSON.parse(text) as Json);
    return isJsonObject(answer) ? answer : {};
  };
  return {
    rest: (method, path, body) => send(method, `/api/v1${path}`, body),
    graphql: (query, variables) => send('POST', '/graphql', { query, variables }),
    fileStream: async ({ entity, project, name }, body) => {
      await send('POST', `/files/${entity}/${project}/${name}/file_stream`, body);
    },
  };
}

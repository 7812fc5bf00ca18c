import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fastify, { type FastifyInstance } from 'fastify';
import { getIntrospectionQuery } from 'graphql';
import { conflict, TriplineError } from '../src/model/error.ts';
import { asId } from '../src/model/ids.ts';
import type { Viewer } from '../src/model/viewer.ts';
import { base } from '../src/wire/wandb/graphql/base.ts';
import type { GraphqlServices } from '../src/wire/wandb/graphql/context.ts';
import type { GraphqlModule } from '../src/wire/wandb/graphql/module.ts';
import { mountGraphql } from '../src/wire/wandb/graphql/mount.ts';

const viewer: Viewer = {
  userId: asId('1'),
  username: 'ann',
  email: undefined,
  admin: false,
  entityId: asId('1'),
  defaultEntity: 'ann',
  roles: new Map(),
  registryRoles: new Map(),
};

let listsRead = 0;

const probe: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Query {
      echo(text: String, number: Int64): JSON
      who: String!
      deep: Deep
      taken: String
      broken: String
    }
    type Deep {
      deep: Deep
      name: String
      page(first: Int): DeepConnection
      whole: [Deep!]
    }
    type DeepConnection {
      edges: [DeepEdge!]!
    }
    type DeepEdge {
      node: Deep
    }
    extend type Mutation {
      noted(input: NotedInput!): JSON
    }
    input NotedInput {
      text: String
      inner: NotedInput
    }
  `,
  resolvers: {
    Query: {
      echo: (_source: unknown, args: unknown) => args,
      who: (_source, _args, context) => context.viewer.username,
      deep: () => ({ name: 'deep' }),
      taken: () => {
        throw conflict('that name is taken');
      },
      broken: () => {
        throw new Error('password=hunter2');
      },
    },
    Deep: {
      page: async (_source: unknown, { first = 0 }: { first?: number }) => {
        listsRead += 1;
        return { edges: Array.from({ length: first }, () => ({ node: { name: 'deep' } })) };
      },
      whole: () => {
        listsRead += 1;
        return Array.from({ length: 100 }, () => ({ name: 'deep' }));
      },
    },
    Mutation: { noted: (_source: unknown, args: unknown) => args },
  },
};

function endpoint(): FastifyInstance {
  const app = fastify({ logger: { level: 'silent' } });
  const viewerOf = async (request: { headers: { authorization?: string | undefined } }) => {
    if (request.headers.authorization === undefined) throw new TriplineError('unauthenticated', 'send an API key');
    return viewer;
  };
  mountGraphql(app, { services: { ground: {} } as GraphqlServices, viewerOf, baseUrlOf: () => 'http://here' }, [
    base,
    probe,
  ]);
  return app;
}

async function post(payload: unknown, headers: Record<string, string> = { authorization: 'Basic x' }) {
  const answer = await endpoint().inject({
    method: 'POST',
    url: '/graphql',
    headers: { 'content-type': 'application/json', ...headers },
    payload: JSON.stringify(payload),
  });
  return { status: answer.statusCode, body: answer.json() };
}

describe('the GraphQL endpoint', () => {
  test('an empty, a null and a missing operation name all mean the only operation', async () => {
    for (const operationName of ['', null, undefined, 'Who']) {
      assert.deepEqual(await post({ query: 'query Who { who }', operationName }), {
        status: 200,
        body: { data: { who: 'ann' } },
      });
    }
  });

  test('a name that the document lacks is an error at status 200', async () => {
    const { status, body } = await post({ query: 'query Who { who }', operationName: 'Other' });
    assert.equal(status, 200);
    assert.match(body.errors[0].message, /Unknown operation named "Other"/);
  });

  test('variables that the operation does not declare are ignored', async () => {
    const query = 'query Q($text: String) { echo(text: $text) }';
    const { body } = await post({ query, variables: { text: 'a', usedAs: null, project: 'p' } });
    assert.deepEqual(body.data, { echo: { text: 'a' } });
  });

  test('an explicit null is the same as leaving an argument or an input member out', async () => {
    const query = 'query Q($text: String) { echo(text: $text) }';
    assert.deepEqual((await post({ query, variables: { text: null } })).body.data, { echo: {} });
    const noted = await post({
      query: 'mutation M($input: NotedInput!) { noted(input: $input) }',
      variables: { input: { text: null, inner: { text: null } } },
    });
    assert.deepEqual(noted.body.data, { noted: { input: { inner: {} } } });
  });

  test('an unknown field is named at status 200, so that the client fails at once', async () => {
    const { status, body } = await post({ query: '{ runQueues { id } }' });
    assert.equal(status, 200);
    assert.match(body.errors[0].message, /Cannot query field "runQueues" on type "Query"/);
    assert.equal('data' in body, false);
  });

  test('a document with a syntax error is answered with the error at status 200', async () => {
    const { status, body } = await post({ query: '{ who' });
    assert.equal(status, 200);
    assert.match(body.errors[0].message, /Syntax Error/);
  });

  test('a refusal sets the status of the answer and keeps its sentence', async () => {
    const { status, body } = await post({ query: '{ who taken }' });
    assert.equal(status, 409);
    assert.deepEqual(body, {
      errors: [{ message: 'that name is taken', path: ['taken'], extensions: { code: 'conflict' } }],
      data: { who: 'ann', taken: null },
    });
  });

  test('a fault of ours is masked, at status 200', async () => {
    const { status, body } = await post({ query: '{ broken }' });
    assert.equal(status, 200);
    assert.deepEqual(body.errors, [{ message: 'internal error', path: ['broken'], extensions: { code: 'internal' } }]);
    assert.doesNotMatch(JSON.stringify(body), /hunter2/);
  });

  test('a caller without a key is answered 401 with an errors body', async () => {
    const { status, body } = await post({ query: '{ who }' }, {});
    assert.equal(status, 401);
    assert.equal(body.errors[0].message, 'send an API key');
  });

  test('a body that is not a GraphQL request is refused', async () => {
    for (const payload of [{}, [], { query: 1 }, { query: '{ who }', variables: 'x' }]) {
      assert.equal((await post(payload)).status, 400);
    }
  });

  test('documents are bounded in depth, also through fragments', async () => {
    const nested = (depth: number) => `{ ${'deep { '.repeat(depth)} name ${'}'.repeat(depth)} }`;
    assert.equal((await post({ query: nested(23) })).status, 200);
    const refused = await post({ query: nested(24) });
    assert.equal(refused.status, 400);
    assert.match(refused.body.errors[0].message, /too large: depth 25, at most 24/);
    const spread = await post({
      query: `{ ...A } fragment A on Query { deep { ...B } } fragment B on Deep ${nested(23)}`,
    });
    assert.match(spread.body.errors[0].message, /depth/);
  });

  test('a text that nests brackets beyond what the parser can walk is refused', async () => {
    const nest = (open: string, inner: string, close: string) => open.repeat(7_000) + inner + close.repeat(7_000);
    const deep = [
      nest('{deep', '{name}', '}'),
      `{ echo(text: ${nest('[', '1', ']')}) }`,
      `query Q($a: ${nest('[', 'Int', ']')}) { who }`,
      `{ ${nest('...{', 'who', '}')} }`,
    ];
    for (const query of deep) {
      const { status, body } = await post({ query });
      assert.equal(status, 400);
      assert.match(body.errors[0].message, /more than 100 brackets/);
    }
  });

  test('a variable that does not fit its type is named at status 200, like a document that does not', async () => {
    const query = 'query Q($number: Int64) { echo(number: $number) }';
    for (const number of [1.5, 'x', []]) {
      const { status, body } = await post({ query, variables: { number } });
      assert.equal(status, 200);
      assert.equal(body.errors[0].extensions.code, 'invalid');
      assert.match(body.errors[0].message, /\$number.*an integer was expected/);
    }
  });

  test('a caller without a key is told so before their body is looked at', async () => {
    const answer = await endpoint().inject({
      method: 'POST',
      url: '/graphql',
      headers: { 'content-type': 'application/json' },
      payload: `{"query": ${'x'.repeat(17 * 1024 * 1024)}`,
    });
    assert.equal(answer.statusCode, 401);
    assert.match(String(answer.headers['www-authenticate']), /^Basic realm="Tripline"/);
    assert.equal(answer.json().errors[0].extensions.code, 'unauthenticated');
  });

  test('documents are bounded in fields and aliases, fragments counted where they are spread', async () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) => `fragment F${level} on Query { ...F${level + 1} ...F${level + 1} }`,
    );
    const bomb = await post({ query: `{ ...F0 } ${levels.join(' ')} fragment F12 on Query { who }` });
    assert.equal(bomb.status, 400);
    assert.match(bomb.body.errors[0].message, /too large: fields 4096/);
    const aliases = Array.from({ length: 201 }, (_, index) => `a${index}: who`).join(' ');
    assert.match((await post({ query: `{ ${aliases} }` })).body.errors[0].message, /aliases 201, at most 200/);
  });

  test('fragments that spread each other and documents of several operations are refused', async () => {
    const ring = await post({ query: '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }' });
    assert.equal(ring.status, 400);
    assert.match(ring.body.errors[0].message, /spread each other/);
    assert.equal((await post({ query: 'query A { who } query B { who }' })).status, 400);
  });

  test('lists within lists are bounded together, and are read no further when they are too many', async () => {
    const pages = (levels: number, inner: string) =>
      `{ deep { ${'page(first: 200) { edges { node { '.repeat(levels)} ${inner} ${'} } }'.repeat(levels)} } }`;
    const allowed = await post({ query: pages(2, 'name') });
    assert.equal(allowed.body.errors, undefined);
    for (const query of [pages(3, 'name'), pages(2, 'whole { whole { name } }')]) {
      listsRead = 0;
      const { status, body } = await post({ query });
      assert.equal(status, 400);
      assert.match(body.errors[0].message, /more than 50000 members together/);
      assert.ok(listsRead < 750, `${listsRead} lists were read`);
    }
  });

  test('introspection is answered, as clients before 0.26 ask', async () => {
    const { status, body } = await post({ query: getIntrospectionQuery() });
    assert.equal(status, 200);
    assert.equal(body.errors, undefined);
  });
});

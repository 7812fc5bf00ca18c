import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { lexicographicSortSchema, parse, printSchema, validate } from 'graphql';
import { MODULES } from '../src/wire/wandb/graphql/modules.ts';
import { buildSchema } from '../src/wire/wandb/graphql/schema.ts';
import { CLIENT_DOCUMENTS } from './support/client-documents.ts';

const COPY = fileURLToPath(new URL('../src/wire/wandb/graphql/schema.graphql', import.meta.url));

const schema = buildSchema(MODULES);

describe('the GraphQL schema', () => {
  test('equals its committed copy, so that a change of the wire is seen in a review (UPDATE_SCHEMA=1 refreshes it)', () => {
    const printed = `${printSchema(lexicographicSortSchema(schema))}\n`;
    if (process.env.UPDATE_SCHEMA === '1') writeFileSync(COPY, printed);
    assert.equal(printed, readFileSync(COPY, 'utf8'));
  });

  for (const [name, document] of Object.entries(CLIENT_DOCUMENTS)) {
    test(`${name}, as the client sends it, is valid`, () => {
      assert.deepEqual(validate(schema, parse(document)), []);
    });
  }
});

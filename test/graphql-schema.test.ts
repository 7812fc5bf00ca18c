import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { lexicographicSortSchema, parse, print, printSchema, validate } from 'graphql';
import { MODULES } from '../src/wire/wandb/graphql/modules.ts';
import { buildSchema } from '../src/wire/wandb/graphql/schema.ts';
import { ARTIFACT_DOCUMENTS } from './support/client-artifact-documents.ts';
import { CLIENT_DOCUMENTS } from './support/client-documents.ts';
import { REGISTRY_DOCUMENTS } from './support/client-registry-documents.ts';

const COPY = fileURLToPath(new URL('../src/wire/wandb/graphql/schema.graphql', import.meta.url));

const schema = buildSchema(MODULES);

/** Types that clients up to 0.27 ask for by name; where one is missing, `wandb sync` ends without a run. */
const PROBED = [
  'Query',
  'Mutation',
  'ServerInfo',
  'ServerSettings',
  'Project',
  'Run',
  'Organization',
  'DeleteFilesInput',
];

describe('the GraphQL schema', () => {
  test('equals its committed copy, so that a change of the wire is seen in a review (UPDATE_SCHEMA=1 refreshes it)', () => {
    if (process.env.UPDATE_SCHEMA === '1') writeFileSync(COPY, linesOf(printSorted()).join('\n'));
    const [now, copy] = [linesOf(printSorted()), linesOf(readFileSync(COPY, 'utf8'))];
    const first = now.findIndex((line, index) => line !== copy[index]);
    assert.deepEqual([first, now[first], now.length], [-1, undefined, copy.length]);
  });

  test('has every type that old clients look for', () => {
    assert.deepEqual(
      PROBED.filter((name) => schema.getType(name) === undefined),
      [],
    );
  });

  for (const [name, document] of Object.entries({
    ...CLIENT_DOCUMENTS,
    ...ARTIFACT_DOCUMENTS,
    ...REGISTRY_DOCUMENTS,
  })) {
    test(`${name}, as the client sends it, is valid`, () => {
      assert.deepEqual(validate(schema, parse(document)), []);
    });
  }
});

function printSorted(): string {
  return printSchema(lexicographicSortSchema(schema));
}

/** Printed the one way, whatever a formatter made of the text. */
function linesOf(sdl: string): string[] {
  return `${print(parse(sdl))}\n`.split('\n');
}

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { apiClient } from '../scripts/api-client.mjs';
import { describedApi } from './support/described-api.ts';

test('the web app knows the API as it is', async () => {
  const file = readFileSync(new URL('../web/lib/api/generated.ts', import.meta.url), 'utf8');
  assert.ok(file === apiClient(await describedApi()), "the API has changed: run 'npm run generate'");
});

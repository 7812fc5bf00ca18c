// Writes web/lib/api/generated.ts anew: run by tsx, after a change of the public API.
import { writeFileSync } from 'node:fs';
import { describedApi } from '../test/support/described-api.ts';
import { apiClient } from './api-client.mjs';

writeFileSync(new URL('../web/lib/api/generated.ts', import.meta.url), apiClient(await describedApi()));

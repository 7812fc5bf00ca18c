import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { collectionSearch, collectionsSearch, selectionSearch, versionSearch } from '../web/app/artifact-search.ts';
import { newAutomationSearch, stepSearch, tabSearch } from '../web/app/automation-search.ts';
import { dialogSearch } from '../web/app/pages/dialog-search.ts';
import { runSearch } from '../web/app/run-search.ts';
import { workspaceSearch } from '../web/app/workspace-search.ts';
import { parseAuditSearch } from '../web/features/audit/api/audit-search.ts';
import { parseAutomationSearch } from '../web/features/automations/api/automation-search.ts';
import { parseHistorySearch } from '../web/features/executions/api/history-search.ts';
import { parseRunsSearch } from '../web/features/runs/api/runs-search.ts';
import type { Given } from '../web/lib/address-text.ts';

/** What reads the addresses of pages, with what an address may name for it. */
const READERS: readonly (readonly [read: (given: Given) => object, names: string])[] = [
  [parseRunsSearch, 'search filter sort columns group groups runs'],
  [workspaceSearch, 'x smooth log find closed panel set runs search newest'],
  [runSearch, 'tab line find folder search file'],
  [collectionsSearch, 'search type'],
  [collectionSearch, 'tab search alias tag filter sort from to'],
  [versionSearch, 'tab folder file find depth fan'],
  [selectionSearch, 'selectionPath version'],
  [parseAutomationSearch, 'search entity project event action scope last enabled creator sort order'],
  [parseHistorySearch, 'search status event automation author from to sort order'],
  [parseAuditSearch, 'deed actor actorKind subject from to entry'],
  [
    newAutomationSearch,
    'step from entity project collection metric runs value window type comparison aggregation action',
  ],
  [stepSearch, 'step'],
  [tabSearch, 'tab about'],
  [dialogSearch, 'open of'],
];

/** As the address will say it. */
const written = (search: object): Given => JSON.parse(JSON.stringify(search));

test('what was read of an address is written so that the same is read again, whatever anybody wrote first', () => {
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom<unknown>('files', 'asc', '$gt', 'x', ['x'], { toString: '' }),
  );
  for (const [read, names] of READERS) {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names.split(' ')), value), (given) => {
        const first = written(read(given));
        assert.deepEqual(written(read(first)), first);
        for (const name of Object.keys(first)) assert.ok(name in given, `${read.name}: ${name} is made up`);
      }),
    );
  }
});

test('a text that looks like a number is a text, and an empty one says nothing', () => {
  const asked: readonly (readonly [read: (given: Given) => object, names: string])[] = [
    [parseRunsSearch, 'search sort groups runs'],
    [workspaceSearch, 'find panel search'],
    [runSearch, 'find folder search file'],
    [collectionSearch, 'search alias tag from to'],
    [parseAutomationSearch, 'search entity project creator'],
    [parseHistorySearch, 'search automation author'],
    [parseAuditSearch, 'actor subject entry'],
    [newAutomationSearch, 'from metric value window'],
    [tabSearch, 'about'],
    [dialogSearch, 'of'],
  ];
  for (const [read, names] of asked) {
    const all = (value: unknown) => Object.fromEntries(names.split(' ').map((name) => [name, value]));
    assert.deepEqual(written(read(all(7))), all('7'), read.name);
    assert.deepEqual(written(read(all(''))), {}, read.name);
  }
  assert.deepEqual(newAutomationSearch({ collection: '' }), { collection: '' }, 'one that is to be chosen');
});

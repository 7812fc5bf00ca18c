import { deepStrictEqual, strictEqual, throws } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { asId, type TenantId } from '../model/ids.ts';
import { largeNodeId } from '../model/wire-id.ts';
import { digestOf, mergeManifests, parseManifest, printManifest } from './manifest.ts';

const TENANT = asId<TenantId>('7');
const parse = (contents: object, head: object = { version: 1 }) =>
  parseManifest(JSON.stringify({ ...head, contents }), TENANT);

describe('a manifest', () => {
  test('is read with its bytes, its references and what only clients understand', () => {
    const birthArtifactID = largeNodeId('Artifact', TENANT, '42');
    const { entries, head } = parse({
      'a.txt': { digest: 'd', size: 3, birthArtifactID, local_path: '/home/somebody/a.txt' },
      far: { digest: 'etag', ref: 's3://bucket/key', size: 10, extra: { versionID: '1' } },
    });
    deepStrictEqual(head, { version: 1 });
    const [file, reference] = [...entries.values()];
    deepStrictEqual([file?.birthArtifactId, file?.size, file?.ref], ['42', 3, null]);
    deepStrictEqual(file?.raw, { digest: 'd', size: 3, birthArtifactID });
    deepStrictEqual([reference?.birthArtifactId, reference?.ref], [null, 's3://bucket/key']);
  });

  test('is refused when it holds more values than files could have', () => {
    const rubbish = `{"contents": {}, "rubbish": [${'{},'.repeat(2_000_000)}{}]}`;
    throws(() => parseManifest(rubbish, TENANT), { message: /at most 4000000 values/ });
    const text = JSON.stringify({ contents: {}, rubbish: '{},'.repeat(2_000_000) });
    strictEqual(parseManifest(text, TENANT).entries.size, 0);
  });

  test('is refused when it says nothing sensible', () => {
    const birthArtifactID = largeNodeId('Artifact', '8', '42');
    for (const contents of [
      { a: 1 },
      { a: { digest: '' } },
      { a: { digest: 'd', size: -1 } },
      { a: { digest: 'd', ref: 1 } },
      { a: { digest: 'd', birthArtifactID } },
      { '../a': { digest: 'd' } },
      { '/a': { digest: 'd' } },
    ]) {
      throws(() => parse(contents), { code: 'invalid' }, JSON.stringify(contents));
    }
    for (const text of ['', 'null', '[]', '{}', '{"contents": []}', '{']) {
      throws(() => parseManifest(text, TENANT), { code: 'invalid' }, text);
    }
  });

  test('on top of others says what counts, and reads back as it was written', () => {
    const merged = mergeManifests([parse({ a: { digest: '1' }, b: { digest: '2' } }), parse({ b: { digest: '3' } })]);
    const again = parseManifest(printManifest(merged), TENANT);
    deepStrictEqual(again, merged);
    deepStrictEqual(
      [...again.entries].map(([path, { digest }]) => [path, digest]),
      [
        ['a', '1'],
        ['b', '3'],
      ],
    );
  });

  test('has a digest over its files in the order of code points', () => {
    // in UTF-16 the emoji would come before the last of the basic plane
    const { entries } = parse({ '\u{1f600}': { digest: '3' }, '\uffee': { digest: '2' }, a: { digest: '1' } });
    const text = 'wandb-artifact-manifest-v1\na:1\n\uffee:2\n\u{1f600}:3\n';
    strictEqual(digestOf(entries.values(), createHash('md5')), createHash('md5').update(text).digest('hex'));
  });
});

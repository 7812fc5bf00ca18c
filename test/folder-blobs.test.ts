import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { blobKey } from '../src/blobs/blob-store.ts';
import { openFolderBlobs } from '../src/blobs/folder-blobs.ts';
import type { BlobKey } from '../src/model/blob-key.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const bytes = (...parts: string[]): AsyncIterable<Buffer> => Readable.from(parts.map((part) => Buffer.from(part)));

test('a blob is whole when it is there, in whole or in part, and gone when it is deleted', async () => {
  const blobs = await openFolderBlobs(temporaryFolder());
  const key = blobKey('1', '23');
  assert.deepEqual(await blobs.put(key, bytes('hello ', 'world'), 100), { size: 11, md5: 'XrY7u+Ae7tCTyyK7j1rNww==' });
  assert.equal(await blobs.stat(key), 11);
  assert.equal(await text(await blobs.get(key)), 'hello world');
  assert.equal(await text(await blobs.get(key, { start: 6, end: 8 })), 'wor');
  await blobs.delete(key);
  await blobs.delete(key);
  assert.equal(await blobs.stat(key), undefined);
  await assert.rejects(blobs.get(key), { code: 'not_found' });
});

test('nothing is kept of what is too large or breaks off', async () => {
  const folder = temporaryFolder();
  const blobs = await openFolderBlobs(folder);
  await assert.rejects(blobs.put(blobKey('1', '2'), bytes('12345', '67890'), 9), { code: 'too_large' });
  await assert.rejects(blobs.put(blobKey('1', '2'), breaksOff(), 100), /cut off/);
  assert.deepEqual(readdirSync(folder, { recursive: true }), ['incoming']);
});

async function* breaksOff(): AsyncGenerator<Buffer> {
  yield Buffer.from('12345');
  throw new Error('cut off');
}

test('a key leads nowhere else', async () => {
  const blobs = await openFolderBlobs(temporaryFolder());
  for (const key of ['../1', '1/../2', '1/2/3', '/1/2', '1', 'incoming/1'] as BlobKey[]) {
    await assert.rejects(blobs.stat(key), TypeError, key);
  }
});

test('a key is enough to remove what a killed process left of an upload', async () => {
  const folder = temporaryFolder();
  const blobs = await openFolderBlobs(folder);
  const key = blobKey('1', '2');
  async function* collectedMeanwhile(): AsyncGenerator<Buffer> {
    yield Buffer.from('12345');
    assert.deepEqual(readdirSync(join(folder, 'incoming')), ['1-2']);
    await blobs.delete(key);
    assert.deepEqual(readdirSync(join(folder, 'incoming')), []);
  }
  await assert.rejects(blobs.put(key, collectedMeanwhile(), 100), { code: 'ENOENT' });
});

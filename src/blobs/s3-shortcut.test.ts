import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { S3Addresses } from './s3-addresses.ts';
import { loadSdk, openClient } from './s3-client.ts';
import { S3Shortcut } from './s3-shortcut.ts';

const BYTES = randomBytes(64 * 1024);
const WHOLE = { start: 0, end: BYTES.length - 1 };
const TURNS = 50;

/** How a store ends an answer, by the key that is asked for. */
const HEADS: Readonly<Record<string, string>> = {
  '/files/closed': `HTTP/1.1 206 Partial Content\r\ncontent-length: ${BYTES.length}\r\nconnection: close\r\n\r\n`,
  '/files/kept': `HTTP/1.1 206 Partial Content\r\ncontent-length: ${BYTES.length}\r\n\r\n`,
  '/files/old': 'HTTP/1.0 206 Partial Content\r\n\r\n',
  '/files/short': `HTTP/1.1 206 Partial Content\r\ncontent-length: ${BYTES.length + 1}\r\nconnection: close\r\n\r\n`,
  '/files/rangeless': `HTTP/1.1 200 OK\r\ncontent-length: ${BYTES.length}\r\n\r\n`,
  '/files/gone': 'HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n',
};

describe('answers of a store that closes its connection', () => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    socket.once('data', (asked: Buffer) => {
      const [, path = ''] = /^GET ([^?]+)/.exec(asked.toString()) ?? [];
      socket.write(HEADS[path] ?? '');
      socket.end(path === '/files/gone' ? '' : BYTES);
    });
  });
  let addresses: S3Addresses;
  /** With connections of its own: one that the store closes just then would be used by the next request. */
  const shortcut = () => new S3Shortcut(addresses);

  before(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const credentials = { accessKeyId: 'tester', secretAccessKey: 'a-secret' };
    const place = { bucket: 'files', endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', prefix: '' };
    const sdk = await loadSdk();
    const client = openClient(sdk, { ...place, pathStyle: true, credentials, directUrl: undefined });
    addresses = await S3Addresses.open(sdk, client, place.bucket);
  });
  after(() => server.close());

  for (const key of ['closed', 'kept', 'old']) {
    test(`are whole, however late their reader takes them: ${key}`, async () => {
      const body = await shortcut().get(key, WHOLE);
      assert.ok(body !== undefined);
      const socket = sockets.at(-1)!;
      if (!socket.writableFinished) await once(socket, 'finish');
      for (let count = 0; count < TURNS; count += 1) await turn();
      assert.ok(BYTES.equals(await buffer(body)));
      const memory = Buffer.alloc(BYTES.length);
      assert.equal(await shortcut().fill(key, WHOLE, memory), BYTES.length);
      assert.ok(BYTES.equals(memory));
    });
  }

  test('are an error when they are cut, and none when there is nothing', async () => {
    const memory = Buffer.alloc(BYTES.length + 1);
    assert.equal(await shortcut().fill('short', WHOLE, memory), undefined);
    const body = await shortcut().get('short', WHOLE);
    await assert.rejects(buffer(body!));
    for (const key of ['gone', 'rangeless']) {
      assert.equal(await shortcut().get(key, WHOLE), undefined);
      assert.equal(await shortcut().fill(key, WHOLE, memory), undefined);
    }
    assert.equal(
      await shortcut().fill('closed', WHOLE, memory.subarray(2)),
      undefined,
      'more than there is memory for',
    );
  });
});

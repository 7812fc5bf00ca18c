import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { givenBack } from './given-back.ts';

const LARGE = 256 * 1024;

/** Pieces of these sizes, each with memory of its own. */
function piecesOf(sizes: readonly number[]): Buffer[] {
  return sizes.map((size) => {
    const piece = Buffer.from(new ArrayBuffer(size));
    randomBytes(size).copy(piece);
    return piece;
  });
}

/** Pipes them over a socket; the caller reads. */
async function overSocket(pieces: readonly Buffer[], read: (answer: IncomingMessage) => Promise<void>): Promise<void> {
  const server = createServer((_request, response) => {
    const content = givenBack(Readable.from(pieces));
    response.once('close', () => content.destroy());
    content.pipe(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const asked = get({ port: (server.address() as AddressInfo).port, agent: false });
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  try {
    await read(answer);
  } finally {
    asked.destroy();
    server.close();
  }
}

for (const [name, sizes] of Object.entries({
  'large ones': Array.from({ length: 60 }, () => LARGE),
  'large and small ones in turn': Array.from({ length: 200 }, (_, at) => (at % 3 === 0 ? LARGE : 1 + at)),
  'small ones': Array.from({ length: 500 }, (_, at) => 1 + at * 7),
})) {
  test(`${name} come as they were to whoever reads slowly, and large ones are freed`, async () => {
    const pieces = piecesOf(sizes);
    const whole = Buffer.concat(pieces);
    await overSocket(pieces, async (answer) => {
      const came: Buffer[] = [];
      for await (const part of answer) {
        came.push(part);
        for (let wait = 0; wait < 20; wait += 1) await turn();
      }
      assert.ok(Buffer.concat(came).equals(whole));
    });
    const kept = pieces.slice(0, -3).filter(({ length }, at) => length > 0 && (sizes[at] ?? 0) >= LARGE);
    assert.deepEqual(kept.length, 0);
  });
}

test('nothing is freed that a reader who stands still has not got', async () => {
  const pieces = piecesOf(Array.from({ length: 100 }, () => LARGE));
  const whole = Buffer.concat(pieces);
  await overSocket(pieces, async (answer) => {
    answer.pause();
    // until the sockets between hold what they can
    for (let left = -1; left !== pieces.filter(({ length }) => length > 0).length; await pause()) {
      left = pieces.filter(({ length }) => length > 0).length;
    }
    const came: Buffer[] = [];
    for await (const part of answer) came.push(part);
    assert.ok(Buffer.concat(came).equals(whole));
  });
});

async function pause(): Promise<void> {
  for (let turns = 0; turns < 1_000; turns += 1) await turn();
}

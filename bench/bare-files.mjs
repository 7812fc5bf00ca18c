// The least that a Node server can do with a file: write it to disk, flushed, and read it back.
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Bytes at once: more of them cost less. */
const READ = 2 ** 20;

const folder = await mkdtemp(join(process.env.TRIPLINE_BENCH_FOLDER ?? tmpdir(), 'tripline-bare-'));

const server = createServer(async (request, response) => {
  const path = join(folder, request.url.replaceAll(/\W/g, '_'));
  if (request.method === 'PUT') {
    await pipeline(request, createWriteStream(path));
    const file = await open(path, 'r+');
    await file.sync();
    await file.close();
    response.end();
  } else {
    await pipeline(createReadStream(path, { highWaterMark: READ }), response);
  }
});
server.listen(0, '127.0.0.1', () => process.send(server.address().port));
process.on('disconnect', async () => {
  await rm(folder, { recursive: true, force: true });
  process.exit();
});

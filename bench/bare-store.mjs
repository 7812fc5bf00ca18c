// The least that an object store can do: the few requests of S3 that Tripline sends, to disk, flushed. It believes what
// it is told of MD5 and of keys, and parts are put together by naming them one behind the other.
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Bytes at once: more of them cost less. */
const READ = 2 ** 20;

const folder = await mkdtemp(join(process.env.TRIPLINE_BENCH_FOLDER ?? tmpdir(), 'tripline-store-'));
/** By key: the pieces it consists of, each `{ path, size, tag }`, and its tag. */
const objects = new Map();
/** By id: its key, and its pieces by number. */
const uploads = new Map();
let written = 0;

async function keep(request) {
  const path = join(folder, String(written++));
  await pipeline(request, createWriteStream(path));
  const file = await open(path, 'r+');
  await file.sync();
  await file.close();
  const tag = Buffer.from(request.headers['content-md5'] ?? '', 'base64').toString('hex');
  return { path, size: Number(request.headers['content-length']), tag };
}

const sizeOf = ({ pieces }) => pieces.reduce((sum, { size }) => sum + size, 0);

async function send(object, range, response) {
  const size = sizeOf(object);
  const [, from = 0, to = size - 1] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '')?.map(Number) ?? [];
  const headers = { 'content-length': to - from + 1, etag: `"${object.tag}"` };
  response.writeHead(
    range ? 206 : 200,
    range ? { ...headers, 'content-range': `bytes ${from}-${to}/${size}` } : headers,
  );
  await pipeline(bytesOf(object, from, to), response);
}

async function* bytesOf({ pieces }, from, to) {
  let start = 0;
  for (const { path, size } of pieces) {
    const [first, last] = [Math.max(from - start, 0), Math.min(to - start, size - 1)];
    start += size;
    if (first <= last) yield* createReadStream(path, { start: first, end: last, highWaterMark: READ });
  }
}

const xml = (response, name, content) =>
  response
    .writeHead(200, { 'content-type': 'application/xml' })
    .end(`<?xml version="1.0"?><${name}>${content}</${name}>`);

const refuse = (response, code) =>
  response.writeHead(404, { 'content-type': 'application/xml' }).end(`<Error><Code>${code}</Code></Error>`);

async function remove(pieces) {
  await Promise.all(pieces.map(({ path }) => rm(path, { force: true })));
}

async function answer(request, response) {
  const { pathname: key, searchParams } = new URL(request.url, 'http://store');
  const id = searchParams.get('uploadId');
  const upload = uploads.get(id);
  if (id !== null && upload === undefined) return refuse(response, 'NoSuchUpload');
  const object = objects.get(key);
  switch (request.method) {
    case 'PUT': {
      const piece = await keep(request);
      if (upload === undefined) objects.set(key, { pieces: [piece], tag: piece.tag });
      else upload.set(Number(searchParams.get('partNumber')), piece);
      return response.writeHead(200, { etag: `"${piece.tag}"` }).end();
    }
    case 'POST': {
      request.resume();
      if (upload === undefined) {
        uploads.set(String(++written), new Map());
        return xml(response, 'InitiateMultipartUploadResult', `<UploadId>${written}</UploadId>`);
      }
      const pieces = [...upload].sort(([one], [other]) => one - other).map(([, piece]) => piece);
      objects.set(key, { pieces, tag: `${id}-${pieces.length}` });
      uploads.delete(id);
      return xml(response, 'CompleteMultipartUploadResult', `<ETag>"${id}-${pieces.length}"</ETag>`);
    }
    case 'DELETE': {
      await remove(upload === undefined ? (object?.pieces ?? []) : [...upload.values()]);
      if (upload === undefined) objects.delete(key);
      else uploads.delete(id);
      return response.writeHead(204).end();
    }
    case 'HEAD':
      if (object === undefined) return response.writeHead(404).end();
      return response.writeHead(200, { 'content-length': sizeOf(object), etag: `"${object.tag}"` }).end();
    default: {
      if (searchParams.has('uploads')) return xml(response, 'ListMultipartUploadsResult', '');
      if (upload !== undefined) {
        const parts = [...upload]
          .sort(([one], [other]) => one - other)
          .map(
            ([number, { size, tag }]) =>
              `<Part><PartNumber>${number}</PartNumber><ETag>"${tag}"</ETag><Size>${size}</Size></Part>`,
          );
        return xml(response, 'ListPartsResult', parts.join(''));
      }
      return object === undefined ? refuse(response, 'NoSuchKey') : send(object, request.headers.range, response);
    }
  }
}

// a client that breaks off ends its own request only
const server = createServer((request, response) => answer(request, response).catch(() => response.destroy()));
server.listen(0, '127.0.0.1', () => process.send(server.address().port));
process.on('disconnect', async () => {
  await rm(folder, { recursive: true, force: true });
  process.exit();
});

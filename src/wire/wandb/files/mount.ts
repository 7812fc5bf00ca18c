import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { BlobKey } from '../../../blobs/blob-store.ts';
import { forbidden, notFound } from '../../../model/error.ts';
import { type RunFile, runFileByName } from '../../../store/run-files.ts';
import { type FileGround, receiveRunFile } from '../../../tracking/receive-run-file.ts';
import { parseRange } from './byte-range.ts';
import { contentHeaders } from './content-type.ts';
import { type FileTarget, type FileUrls, RUN_FILES_PATH, targetOf } from './file-urls.ts';

export interface FilesDeps {
  readonly ground: FileGround;
  readonly urls: FileUrls;
  /** Most bytes of one file. */
  readonly largestFile: number;
}

/** Serves the content of run files under addresses that carry their own authorisation (wandb protocol, 4.2). */
export function mountFiles(app: FastifyInstance, deps: FilesDeps): void {
  app.register(async (scope) => {
    // bodies are streamed unparsed to the blob store, whatever type they claim to have
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    scope.put(`${RUN_FILES_PATH}*`, (request, reply) => receive(request, reply, deps));
    scope.get(`${RUN_FILES_PATH}*`, { exposeHeadRoute: false }, (request, reply) => serve(request, reply, deps));
    scope.head(`${RUN_FILES_PATH}*`, (request, reply) => serve(request, reply, deps));
  });
}

async function receive(request: FastifyRequest, reply: FastifyReply, deps: FilesDeps): Promise<FastifyReply> {
  const target = admit(request, deps);
  const content = (request.body ?? Readable.from([])) as AsyncIterable<Buffer>;
  await receiveRunFile(deps.ground, { ...target, content, limit: deps.largestFile });
  return reply.code(200).send();
}

async function serve(request: FastifyRequest, reply: FastifyReply, deps: FilesDeps): Promise<FastifyReply> {
  const target = admit(request, deps);
  const file = await runFileByName(deps.ground.database, target, target.name);
  if (file === undefined) throw notFound(`file '${target.name}' not found`);
  const etag = `"${file.md5}"`;
  reply.headers({ ...contentHeaders(file.name), 'accept-ranges': 'bytes', etag });
  reply.header('last-modified', new Date(file.updatedAt).toUTCString());
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  return sendContent(request, reply, deps, file);
}

async function sendContent(
  request: FastifyRequest,
  reply: FastifyReply,
  { ground }: FilesDeps,
  file: RunFile,
): Promise<FastifyReply> {
  const condition = request.headers['if-range'];
  const whole = condition !== undefined && condition !== `"${file.md5}"`;
  const range = whole ? undefined : parseRange(request.headers.range, file.size);
  if (range === 'unsatisfiable') {
    return reply.code(416).header('content-range', `bytes */${file.size}`).send();
  }
  const length = range === undefined ? file.size : range.end - range.start + 1;
  reply.header('content-length', length);
  if (range !== undefined) {
    reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${file.size}`);
  }
  return request.method === 'HEAD' ? reply.send() : reply.send(await ground.blobs.get(file.blob as BlobKey, range));
}

/** Who holds an address that we signed may use it. @throws TriplineError forbidden, not_found */
function admit(request: FastifyRequest, { urls }: FilesDeps): FileTarget {
  switch (urls.verify(request.method, request.raw.url ?? '')) {
    case 'forged':
      throw forbidden('this address was not signed by this server');
    case 'expired':
      throw forbidden('this address has expired: ask for a new one');
    case 'valid': {
      const target = targetOf(request.raw.url ?? '');
      if (target === undefined) throw notFound('no such file');
      return target;
    }
  }
}

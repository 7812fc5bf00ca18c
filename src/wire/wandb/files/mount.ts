import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '../../../model/error.ts';
import { runFileByName } from '../../../store/run-files.ts';
import type { FileGround } from '../../../tracking/file-ground.ts';
import { receiveRunFile } from '../../../tracking/receive-run-file.ts';
import { sendContent } from '../../send-content.ts';
import { bodyOf, streamBodies } from './bodies.ts';
import { openToPages } from './cross-origin.ts';
import { type FileTarget, RUN_FILES_PATH, targetOf } from './file-urls.ts';
import type { SignedAddresses } from './signed-addresses.ts';

export interface FilesDeps {
  readonly ground: FileGround;
  readonly signed: SignedAddresses;
  /** Most bytes of one file. */
  readonly largestFile: number;
}

/** Serves the content of run files under addresses that carry their own authorisation (wandb protocol, 4.2). */
export function mountFiles(app: FastifyInstance, deps: FilesDeps): void {
  app.register(async (scope) => {
    streamBodies(scope);
    openToPages(scope, [RUN_FILES_PATH]);
    scope.put(`${RUN_FILES_PATH}*`, (request, reply) => receive(request, reply, deps));
    scope.get(`${RUN_FILES_PATH}*`, { exposeHeadRoute: false }, (request, reply) => serve(request, reply, deps));
    scope.head(`${RUN_FILES_PATH}*`, (request, reply) => serve(request, reply, deps));
  });
}

async function receive(request: FastifyRequest, reply: FastifyReply, deps: FilesDeps): Promise<FastifyReply> {
  const target = admit(request, deps);
  await receiveRunFile(deps.ground, { ...target, content: bodyOf(request), limit: deps.largestFile });
  return reply.code(200).send();
}

async function serve(request: FastifyRequest, reply: FastifyReply, deps: FilesDeps): Promise<FastifyReply> {
  const target = admit(request, deps);
  const file = await runFileByName(deps.ground.database, target, target.name);
  if (file === undefined) throw notFound(`file '${target.name}' not found`);
  return sendContent(request, reply, deps.ground.blobs, { ...file, digest: file.md5 });
}

/** @throws TriplineError forbidden, not_found */
function admit(request: FastifyRequest, { signed }: FilesDeps): FileTarget {
  const target = targetOf(signed.admit(request));
  if (target === undefined) throw notFound('no such file');
  return target;
}

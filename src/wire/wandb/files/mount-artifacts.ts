import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '../../../model/error.ts';
import { manifestById } from '../../../store/artifact-manifests.ts';
import { LARGEST_MANIFEST } from '../../../tracking/manifest.ts';
import { type Incoming, receiveArtifactFile, receiveManifest } from '../../../tracking/receive-artifact-bytes.ts';
import { receivePart } from '../../../tracking/receive-part.ts';
import { sendContent } from '../../send-content.ts';
import {
  ARTIFACT_FILES_PATH,
  fileOfPath,
  MANIFEST_NAME,
  MANIFESTS_PATH,
  manifestOfPath,
  PARTS_PATH,
  partOfPath,
} from './artifact-urls.ts';
import { bodyOf, sizeOf, streamBodies } from './bodies.ts';
import { openToPages } from './cross-origin.ts';
import type { FilesDeps } from './mount.ts';

/** Serves files and manifests of artifacts under addresses that carry their own authorisation (wandb protocol, 5.11). */
export function mountArtifacts(app: FastifyInstance, deps: FilesDeps): void {
  app.register(async (scope) => {
    streamBodies(scope);
    openToPages(scope, [ARTIFACT_FILES_PATH, MANIFESTS_PATH, PARTS_PATH]);
    scope.put(`${PARTS_PATH}*`, async (request, reply) => {
      const md5 = await takePart(request, deps);
      // the client names parts by this when it has them put together
      return reply.code(200).header('etag', `"${md5}"`).send();
    });
    for (const [path, put, get] of [
      [ARTIFACT_FILES_PATH, receiveFile, serveFile],
      [MANIFESTS_PATH, receiveJson, serveJson],
    ] as const) {
      scope.put(`${path}*`, async (request, reply) => {
        await put(request, deps);
        return reply.code(200).send();
      });
      scope.get(`${path}*`, { exposeHeadRoute: false }, (request, reply) => get(request, reply, deps));
      scope.head(`${path}*`, (request, reply) => get(request, reply, deps));
    }
  });
}

async function receiveFile(request: FastifyRequest, { ground, signed, largestFile }: FilesDeps): Promise<void> {
  const file = found(fileOfPath(signed.admit(request)));
  await receiveArtifactFile(ground, file, incoming(request, largestFile));
}

async function takePart(request: FastifyRequest, { ground, signed, largestFile }: FilesDeps): Promise<string> {
  const { file, blob, number } = found(partOfPath(signed.admit(request)));
  return receivePart(ground, file, blob, {
    ...{ number, content: bodyOf(request), limit: largestFile },
    size: sizeOf(request),
  });
}

async function receiveJson(request: FastifyRequest, { ground, signed }: FilesDeps): Promise<void> {
  const manifest = found(manifestOfPath(signed.admit(request)));
  await receiveManifest(ground, manifest, incoming(request, LARGEST_MANIFEST));
}

function incoming(request: FastifyRequest, limit: number): Incoming {
  const { 'content-md5': md5 } = request.headers;
  return {
    content: bodyOf(request),
    limit,
    contentMd5: typeof md5 === 'string' ? md5 : undefined,
    size: sizeOf(request),
  };
}

async function serveFile(request: FastifyRequest, reply: FastifyReply, { ground, signed }: FilesDeps) {
  const file = found(fileOfPath(signed.admit(request)));
  const { size, blob } = found(await ground.uploads.find(file));
  return sendContent(request, reply, ground.blobs, { ...file, size, blob: found(blob) });
}

async function serveJson(request: FastifyRequest, reply: FastifyReply, { ground, signed }: FilesDeps) {
  const manifest = found(await manifestById(ground.database, found(manifestOfPath(signed.admit(request)))));
  const { digest, size } = manifest;
  return sendContent(request, reply, ground.blobs, {
    ...{ name: MANIFEST_NAME, digest, size },
    blob: found(manifest.blob),
  });
}

/** @throws TriplineError not_found */
function found<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw notFound('no such file');
  return value;
}

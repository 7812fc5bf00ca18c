import type { FastifyInstance, FastifyRequest } from 'fastify';
import { notFound } from '../../../model/error.ts';
import type { Ground } from '../../../store/ground.ts';
import type { Intake } from '../../../tracking/intake.ts';
import { requireViewer, type ViewerOf } from '../../viewer-of.ts';
import { admitBodies } from './admit-bodies.ts';
import { createRunFinder, type RunPath } from './find-run.ts';
import { parseChunk } from './parse-chunk.ts';

/** The client cuts at about 10 MiB; a single line may bring more (wandb protocol, 1.8). */
const LARGEST_BODY = 32 * 1024 * 1024;

/** Told of the bodies of requests. */
export interface BodyWatch {
  /** @param bytes unpacked */
  received(bytes: number): void;
  /** There was no memory for it. */
  refused(): void;
}

export interface FileStreamDeps {
  readonly ground: Ground;
  readonly intake: Intake;
  /** Bytes of bodies that may be in memory at once. */
  readonly memory: number;
  readonly watch: BodyWatch;
  readonly viewerOf: ViewerOf;
}

/** Serves `POST /files/{entity}/{project}/{run}/file_stream` (wandb protocol, section 3). */
export async function mountFileStream(app: FastifyInstance, deps: FileStreamDeps): Promise<void> {
  const findRun = createRunFinder(deps.ground);
  await app.register(async (scope) => {
    // before a body takes memory: a stranger's would be in everybody's way
    requireViewer(scope, deps.viewerOf);
    admitBodies(scope, deps.memory, deps.watch.refused);
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.post<{ Params: RunPath; Body: Buffer | undefined }>(
      '/files/:entity/:project/:run/file_stream',
      { bodyLimit: LARGEST_BODY },
      async (request) => {
        const body = request.body ?? Buffer.alloc(0);
        deps.watch.received(body.length);
        const key = await findRun(request.viewer, request.params);
        const chunk = { ...key, writer: writerOf(request), ...parseChunk(body) };
        const outcome = await deps.intake.append(chunk);
        if (outcome.kind === 'gone') throw notFound('run not found: it was deleted');
        return { limits: {}, exitcode: null, ...(outcome.stop ? { stopped: true } : {}) };
      },
    );
  });
}

/** In shared mode each client names itself: it counts its lines from 0 (wandb protocol, 3.1). */
function writerOf(request: FastifyRequest): string | undefined {
  const shared = request.headers['x-wandb-use-async-filestream'] === 'true';
  const id = request.headers['x-wandb-async-client-id'];
  return shared && typeof id === 'string' && id !== '' ? id.slice(0, 128) : undefined;
}

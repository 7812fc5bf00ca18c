import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Ground } from '../../store/ground.ts';
import { errors } from '../errors-schema.ts';
import type { ViewerOf } from '../viewer-of.ts';
import type { ZodApp } from '../zod-app.ts';
import type { Hub } from './hub.ts';
import { Reader } from './reader.ts';
import { type Asked, findSubject } from './subject.ts';

export interface LiveDeps {
  readonly ground: Ground;
  readonly hub: Hub;
  readonly viewerOf: ViewerOf;
}

const MOST_ENTITIES = 100;

const name = z.string().min(1).max(256);
const asked = z.object({
  entity: z
    .preprocess((given) => (typeof given === 'string' ? [given] : given), z.array(name).min(1).max(MOST_ENTITIES))
    .describe('several may be given; with anything below it, exactly one'),
  project: name.optional(),
  run: name.optional().describe('id of a run of the project'),
  automation: name.optional().describe('id'),
  execution: name.optional().describe('id'),
  clients: z
    .enum(['true', 'false'])
    .optional()
    .describe('`true`: also when a client comes with an API key of the viewer'),
});

const DESCRIPTION = `Server-sent events. \`ready\`: from now on everything is told, so read now what is shown. \`beat\`: every 15 seconds, so that silence means a lost line. \`changed\`:
\`{"changes": [{"kind": "run", "id", "part": "record" or "history"}, {"kind": "execution", "id", "automation"},
{"kind": "automation", "id"}, {"kind": "collection", "id"}, {"kind": "project", "id"}, {"kind": "client"}]}\`, at most twice a second; it holds no data, read anew what is shown.
\`reload\`: something was left out, or you were given or taken a role: read everything anew. \`end\`: the connection ends, because \`{"reason"}\` the server is
\`stopping\`, the session or key \`signed_out\`, or what was listened to is \`hidden\` or gone. No event has an id and
\`Last-Event-ID\` means nothing: whoever comes again is told \`ready\`, and reads anew.`;

/** Nothing on the way may keep events back, or keep them at all. */
const HEADERS = { 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' };

/** Serves `GET /live` of the public API: told of changes as they are committed. */
export function mountLive(app: ZodApp, deps: LiveDeps): void {
  app.get(
    '/live',
    {
      exposeHeadRoute: false,
      config: { endless: true },
      schema: {
        tags: ['live'],
        summary: 'Be told of what changes, as it happens',
        description: DESCRIPTION,
        querystring: asked,
        response: { 200: z.unknown().describe('`text/event-stream`'), '4xx': errors, 503: errors },
      },
    },
    async (request, reply) => {
      const { clients, ...query } = request.query;
      const reader = await open(deps, request, { ...query, clients: clients === 'true' });
      return reply.headers(HEADERS).type('text/event-stream').send(reader.stream);
    },
  );
}

/** Lets the viewer of a request listen. */
async function open({ ground, hub, viewerOf }: LiveDeps, request: FastifyRequest, asked: Asked): Promise<Reader> {
  const { viewer } = request;
  const leave = hub.take(viewer.userId);
  try {
    const identity = {
      viewer: () => viewerOf(request),
      subject: (who: typeof viewer) => findSubject(ground, who, asked),
    };
    const reader = new Reader(identity, viewer, await identity.subject(viewer));
    reader.stream.once('close', leave);
    await hub.admit(reader);
    return reader;
  } catch (error) {
    leave();
    throw error;
  }
}

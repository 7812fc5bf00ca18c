import type { FastifyInstance } from 'fastify';
import { invalid } from '../model/error.ts';

/** Parses JSON bodies. An empty one is no body, although some clients then still send the content type. */
export function parseJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'ignore');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else parse(request, body as string, (error, value) => done(inWords(error), value));
  });
}

/** What the library says of a member that would change the prototype of what it stands in. */
function inWords(error: Error | null): Error | null {
  if (error === null || !/forbidden prototype/.test(error.message)) return error;
  return invalid("the body has a member called '__proto__': no request has one");
}

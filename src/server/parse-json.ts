import type { FastifyInstance } from 'fastify';
import { invalid } from '../model/error.ts';

/** Parses JSON bodies. An empty one is no body, although some clients then still send the content type. */
export function parseJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'ignore');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else parse(request, body as string, (error, value) => done(error && inWords(error, body as string), value));
  });
}

/** The library calls whatever it refuses no JSON, also members that would change the prototype of what they stand in. */
function inWords(error: Error, body: string): Error {
  try {
    JSON.parse(body);
  } catch {
    return error;
  }
  return invalid("the body has a member '__proto__', or a 'prototype' in a 'constructor': no request takes those");
}

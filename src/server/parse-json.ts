import type { FastifyInstance } from 'fastify';
import { invalid } from '../model/error.ts';
import { refuseCostly } from '../model/loose-json.ts';

/** A request of ten thousand files has a tenth; of the smallest ones a body may hold so many that they fill the memory. */
const MOST_VALUES = 1_000_000;

/** Parses JSON bodies. An empty one is no body, although some clients then still send the content type. */
export function parseJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'ignore');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const costly = faultOf(body as string);
    if (costly !== undefined) done(costly);
    else if (body.length === 0) done(null, undefined);
    else parse(request, body as string, (error, value) => done(error && inWords(error, body as string), value));
  });
}

/** Why a body is not even parsed; nearly all are too short for that. */
function faultOf(body: string): Error | undefined {
  if (body.length <= MOST_VALUES) return undefined;
  try {
    refuseCostly(body, MOST_VALUES);
    return undefined;
  } catch (error) {
    return invalid(`the body is JSON of ${error instanceof Error ? error.message : error}`);
  }
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

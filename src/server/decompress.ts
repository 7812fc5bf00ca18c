import { createGunzip, type Gunzip } from 'node:zlib';
import type { FastifyInstance, RequestPayload } from 'fastify';
import { invalid, type TriplineError } from '../model/error.ts';

const BAD_REQUEST = 400;

/**
 * Unpacks request bodies that say `Content-Encoding: gzip` (wandb protocol, 1.3). The HTTP library counts the
 * unpacked bytes against the route's limit, so a small body cannot become a huge one.
 */
export function decompressRequests(app: FastifyInstance): void {
  app.addHook('preParsing', (request, reply, payload, done) => {
    const encoding = request.headers['content-encoding'] ?? 'identity';
    if (encoding === 'identity') return done(null, payload);
    if (encoding !== 'gzip') return done(refusalOf(encoding));
    const unpacked = unpack(payload);
    // a body that was refused midway is not unpacked to its end
    reply.raw.once('close', () => unpacked.destroy());
    reply.raw.once('finish', () => unpacked.destroy());
    done(null, unpacked);
  });
}

function refusalOf(encoding: string): TriplineError {
  return invalid(`Content-Encoding '${encoding.slice(0, 40)}' is not understood; send gzip`);
}

function unpack(payload: RequestPayload): RequestPayload {
  const gunzip: Gunzip & RequestPayload = createGunzip();
  // a route may begin to read after the fault, and one that nobody hears would end the process
  gunzip.on('error', (error: NodeJS.ErrnoException & { statusCode?: number }) => {
    error.statusCode = BAD_REQUEST;
    if (error.code?.startsWith('Z_')) error.message = `the body says that it is gzip and is not: ${error.message}`;
  });
  // what arrived, which the library compares with Content-Length
  gunzip.receivedEncodedLength = 0;
  payload.on('data', (chunk: Buffer) => {
    gunzip.receivedEncodedLength = (gunzip.receivedEncodedLength ?? 0) + chunk.length;
  });
  payload.once('error', (error: Error) => gunzip.destroy(error));
  return payload.pipe(gunzip);
}

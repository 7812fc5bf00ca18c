import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BlobStore } from '../blobs/blob-store.ts';
import type { BlobKey } from '../model/blob-key.ts';
import type { Instant } from '../model/clock.ts';
import { parseRange } from './byte-range.ts';
import { contentHeaders } from './content-type.ts';

/** Stored bytes and what is said of them. */
export interface StoredContent {
  /** Decides the media type, and what a browser saves them as. */
  readonly name: string;
  /** Changes with the bytes. */
  readonly digest: string;
  readonly size: number;
  readonly blob: string;
  readonly updatedAt?: Instant;
}

/** Answers GET and HEAD of stored bytes: the whole, a range, or that the caller has them already (RFC 9110). */
export async function sendContent(
  request: FastifyRequest,
  reply: FastifyReply,
  blobs: BlobStore,
  content: StoredContent,
): Promise<FastifyReply> {
  const etag = `"${content.digest}"`;
  reply.headers({ ...contentHeaders(content.name), 'accept-ranges': 'bytes', etag });
  if (content.updatedAt !== undefined) reply.header('last-modified', new Date(content.updatedAt).toUTCString());
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  const condition = request.headers['if-range'];
  const whole = condition !== undefined && condition !== etag;
  const range = whole ? undefined : parseRange(request.headers.range, content.size);
  if (range === 'unsatisfiable') {
    return reply.code(416).header('content-range', `bytes */${content.size}`).send();
  }
  reply.header('content-length', range === undefined ? content.size : range.end - range.start + 1);
  if (range !== undefined) {
    reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${content.size}`);
  }
  return request.method === 'HEAD' ? reply.send() : reply.send(await blobs.get(content.blob as BlobKey, range));
}

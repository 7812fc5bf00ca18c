import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BlobStore } from '../blobs/blob-store.ts';
import { givenBack } from '../blobs/given-back.ts';
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

/** Bytes of an answer that is read at once: a stream costs more than it. */
const SMALL = 64 * 1024;

/** Answers GET and HEAD of stored bytes: the whole, a range, or that the caller has them already (RFC 9110). */
export async function sendContent(
  request: FastifyRequest,
  reply: FastifyReply,
  blobs: BlobStore,
  content: StoredContent,
): Promise<FastifyReply> {
  const etag = `"${content.digest}"`;
  const headers = contentHeaders(content.name);
  reply.headers({ ...headers, 'accept-ranges': 'bytes', etag });
  if (content.updatedAt !== undefined) reply.header('last-modified', new Date(content.updatedAt).toUTCString());
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  const elsewhere = mayLead(request) ? await blobs.direct?.downloadUrl(content.blob as BlobKey, headers) : undefined;
  if (elsewhere !== undefined) return reply.redirect(elsewhere, 307);
  const condition = request.headers['if-range'];
  const whole = condition !== undefined && condition !== etag;
  const range = whole ? undefined : parseRange(request.headers.range, content.size);
  if (range === 'unsatisfiable') {
    return reply.code(416).header('content-range', `bytes */${content.size}`).send();
  }
  const wanted = range ?? { start: 0, end: content.size - 1 };
  const length = wanted.end - wanted.start + 1;
  reply.header('content-length', length);
  if (range !== undefined) {
    reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${content.size}`);
  }
  if (request.method === 'HEAD' || length === 0) return reply.send();
  if (length > SMALL) return reply.send(givenBack(await blobs.get(content.blob as BlobKey, range)));
  const bytes = await blobs.read(content.blob as BlobKey, wanted);
  if (bytes.length !== length) throw new Error(`the stored content ${content.blob} is shorter than it was`);
  return reply.send(bytes);
}

/**
 * Whether the store itself may be named: a request for bytes, but not by a script or a picture of a page, whose policy
 * knows no other host than ours.
 */
function mayLead({ method, headers }: FastifyRequest): boolean {
  const mode = headers['sec-fetch-mode'];
  return method === 'GET' && (mode === undefined || mode === 'navigate');
}

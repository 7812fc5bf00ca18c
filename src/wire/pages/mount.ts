import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '../../model/error.ts';
import { isProtocolAddress } from '../../model/names.ts';
import { INDEX, type PageFile, type PageFiles } from './page-files.ts';

/**
 * Scripts, styles and fonts come from here alone, none stands in a page, and no page is shown inside another. A violation
 * is a fault of ours: the browser tests look for them.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  vary: 'accept-encoding',
};

/** Names of what lies there hold a hash of it. */
const HASHED = 'assets/';

export interface PagesDeps {
  readonly pages: PageFiles;
}

/**
 * Serves the web app: its files, and its one page at every address that no protocol has, to whoever asks for a page.
 */
export function mountPages(app: FastifyInstance, { pages }: PagesDeps): void {
  app.get('/*', (request, reply) => {
    const path = request.url.slice(1).split('?', 1)[0] ?? '';
    const file = pages.get(path);
    if (file !== undefined && path !== INDEX) return answer(request, reply, file, path.startsWith(HASHED));
    const page = pages.get(INDEX);
    if (page === undefined || !isPageAddress(request, path)) throw notFound(`there is no ${request.method} /${path}`);
    return answer(request, reply.header('content-security-policy', POLICY), page, false);
  });
}

function isPageAddress({ headers }: FastifyRequest, path: string): boolean {
  const [first = ''] = path.split('/', 1);
  const asksForPage = headers.accept?.includes('text/html') ?? false;
  return asksForPage && first !== HASHED.slice(0, -1) && !isProtocolAddress(first);
}

function answer(request: FastifyRequest, reply: FastifyReply, file: PageFile, hashed: boolean): FastifyReply {
  reply.headers(HEADERS).headers({
    etag: file.etag,
    'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  if (request.headers['if-none-match'] === file.etag) return reply.code(304).send();
  const accepted = request.headers['accept-encoding'] ?? '';
  reply.type(file.type);
  if (file.brotli !== undefined && /\bbr\b/.test(accepted)) {
    return reply.header('content-encoding', 'br').send(file.brotli);
  }
  if (file.gzip !== undefined && /\bgzip\b/.test(accepted)) {
    return reply.header('content-encoding', 'gzip').send(file.gzip);
  }
  return reply.send(file.plain);
}

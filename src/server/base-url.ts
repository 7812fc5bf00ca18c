import type { FastifyRequest } from 'fastify';

/** Start of absolute addresses in answers, without a trailing slash. */
export type BaseUrlOf = (request: FastifyRequest) => string;

/**
 * The public address that was set, else the one that the request came to. Forwarded headers count only from trusted
 * proxies.
 */
export function createBaseUrlOf(publicUrl: string | undefined): BaseUrlOf {
  const fixed = publicUrl?.replace(/\/+$/, '');
  return (request) => fixed ?? `${request.protocol}://${request.host || localAddress(request)}`;
}

/** HTTP/1.0 needs no Host header. */
function localAddress({ socket }: FastifyRequest): string {
  const { localAddress: address = '127.0.0.1', localPort = 80 } = socket;
  return address.includes(':') ? `[${address}]:${localPort}` : `${address}:${localPort}`;
}

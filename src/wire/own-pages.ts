import type { FastifyRequest } from 'fastify';
import { forbidden } from '../model/error.ts';

/** Only scripts of our own pages can send it: a browser asks us first on behalf of others, and we never allow it. */
export const PAGE_HEADER = 'x-tripline-page';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what pages of others have a browser send. Programs that are no browsers tell no origin.
 *
 * @param baseUrl under which browsers reach us
 * @throws TriplineError forbidden
 */
export function refuseForeignPages({ headers, host }: FastifyRequest, baseUrl: string): void {
  const site = headers['sec-fetch-site'];
  const { origin } = headers;
  const foreign = site === undefined ? origin !== undefined && !isOurs(origin, host, baseUrl) : site !== 'same-origin';
  if (foreign) throw forbidden('this was sent by a page of another site: go to Tripline itself');
}

/** What changes something must also carry our header when only a cookie speaks for it. @throws TriplineError forbidden */
export function refuseForgedWrites(request: FastifyRequest, baseUrl: string): void {
  if (READING.has(request.method)) return;
  refuseForeignPages(request, baseUrl);
  if (request.headers[PAGE_HEADER] === undefined) {
    throw forbidden(`a request with a session's cookie must carry the header ${PAGE_HEADER}; programs send an API key`);
  }
}

function isOurs(origin: string, host: string, baseUrl: string): boolean {
  const given = hostOf(origin);
  return given !== undefined && (given === host || given === hostOf(baseUrl));
}

function hostOf(address: string): string | undefined {
  return URL.canParse(address) ? new URL(address).host : undefined;
}

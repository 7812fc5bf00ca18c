import type { FastifyReply, FastifyRequest } from 'fastify';
import { LONGEST_MS } from '../directory/session-life.ts';

/** The prefix has browsers take the secure one from https and this very host only. */
const [PLAIN, SECURE] = ['tripline_session', '__Host-tripline_session'] as const;
const TOKEN = /^[\w-]{43}$/;

/** The token of a browser's session; `undefined` when it sends none. */
export function sessionTokenOf({ headers }: FastifyRequest): string | undefined {
  const { cookie } = headers;
  if (cookie === undefined) return undefined;
  const cookies = new Map(cookie.split(';').map((each) => pairOf(each)));
  const token = cookies.get(SECURE) ?? cookies.get(PLAIN);
  return token !== undefined && TOKEN.test(token) ? token : undefined;
}

function pairOf(text: string): [string, string] {
  const [name = '', ...value] = text.trim().split('=');
  return [name, value.join('=')];
}

/**
 * Has the browser keep a token that no script reads. `Lax`, as whoever comes back from Slack must still be known. The
 * server decides how long it is worth something.
 */
export function keepSession(reply: FastifyReply, token: string, baseUrl: string): FastifyReply {
  return setCookie(reply, token, baseUrl, LONGEST_MS / 1000);
}

/** Has the browser forget its token. */
export function forgetSession(reply: FastifyReply, baseUrl: string): FastifyReply {
  return setCookie(reply, '', baseUrl, 0);
}

function setCookie(reply: FastifyReply, value: string, baseUrl: string, seconds: number): FastifyReply {
  const secure = baseUrl.startsWith('https:');
  const attributes = ['Path=/', `Max-Age=${seconds}`, 'HttpOnly', 'SameSite=Lax', ...(secure ? ['Secure'] : [])];
  return reply
    .header('set-cookie', [`${secure ? SECURE : PLAIN}=${value}`, ...attributes].join('; '))
    .header('cache-control', 'no-store');
}

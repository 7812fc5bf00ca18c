import type { Answer, Call } from './http.ts';
import type { Server } from './server.ts';

/** Somebody who signs in over HTTP, as a browser on Tripline's own pages does; without its screen. */
export interface Visitor {
  /** Of the session, as the browser sends it. */
  readonly cookie: string | undefined;
  call(path: string, call?: Omit<Call, 'key'>): Promise<Answer>;
}

/** Headers that a browser sends with what a page of Tripline asks. */
export const OWN_PAGE = { 'sec-fetch-site': 'same-origin', 'x-tripline-page': '1' };

/** A browser that knows nobody yet. It keeps the cookie that it is given. */
export function visitor(server: Server): Visitor {
  let cookie: string | undefined;
  return {
    get cookie() {
      return cookie;
    },
    call: async (path, { headers = {}, ...call } = {}) => {
      const sent = cookie === undefined ? {} : { cookie };
      const answer = await server.call(path, { ...call, headers: { ...OWN_PAGE, ...sent, ...headers } });
      const set = answer.headers['set-cookie'];
      const [pair = ''] = String(set ?? '').split(';');
      if (set !== undefined) cookie = pair.endsWith('=') ? undefined : pair;
      return answer;
    },
  };
}

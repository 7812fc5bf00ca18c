import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { KnownBlock } from '@slack/types';
import { until } from './wait.ts';

/** A message as it arrived in a channel. */
export interface SlackPost {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
  /** All that people see, in one text. */
  readonly shown: string;
  /** As `performance.now()` counts. */
  readonly at: number;
}

/** How Slack answers a message: a word with its status, for instance `channel_is_archived` and 410. */
export interface SlackReply {
  readonly status: number;
  readonly word: string;
  readonly headers?: Record<string, string>;
}

/** An incoming webhook. */
export interface SlackHook {
  /** A credential. */
  readonly url: string;
  readonly posts: readonly SlackPost[];
  /** Answers the next messages in this order; after them, and at first, `ok`. */
  reply(...replies: SlackReply[]): void;
  /** Waits for the n-th message in all; @throws Error when more have come. */
  exactly(n: number): Promise<readonly SlackPost[]>;
}

export interface SlackChannel {
  readonly team: { readonly id: string; readonly name: string };
  readonly channel: { readonly id: string; readonly name: string };
}

/** A server on the loopback address that speaks as Slack does: authorisation and incoming webhooks. */
export interface SlackServer {
  readonly url: string;
  readonly app: { readonly clientId: string; readonly clientSecret: string };
  /** What a browser is sent back to when a person chooses a channel, or refuses. */
  authorize(authorizeUrl: string, chosen: SlackChannel | 'refused'): string;
  /** An incoming webhook that somebody made by hand. */
  hook(): SlackHook;
  /** The webhook that the last exchange of a code for this channel made. */
  hookOf(channelId: string): SlackHook;
  /** Forms that were posted to exchange a code. */
  readonly exchanges: readonly URLSearchParams[];
  close(): Promise<void>;
}

const APP = { clientId: '1234.5678', clientSecret: 'the-secret-of-the-slack-app' };
const MOST_BLOCKS = 50;
const LONGEST_SECTION = 3000;

interface Box {
  readonly url: string;
  readonly posts: SlackPost[];
  readonly replies: SlackReply[];
}

interface Grant {
  readonly chosen: SlackChannel;
  readonly redirectUri: string;
}

export async function startSlackServer(): Promise<SlackServer> {
  const boxes = new Map<string, Box>();
  const byChannel = new Map<string, Box>();
  const grants = new Map<string, Grant>();
  const exchanges: URLSearchParams[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const path = request.url ?? '';
    if (path === '/api/oauth.v2.access') {
      const form = new URLSearchParams(body);
      exchanges.push(form);
      return answerJson(response, exchange(form));
    }
    const box = boxes.get(path);
    if (box === undefined) return answerWord(response, { status: 404, word: 'no_service' });
    answerWord(response, receive(box, request, body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP listener has a port');
  const url = `http://127.0.0.1:${address.port}`;

  const makeBox = (): Box => {
    const path = `/services/T0${boxes.size}/B0${boxes.size}/token-${crypto.randomUUID()}`;
    const box = { url: url + path, posts: [], replies: [] };
    boxes.set(path, box);
    return box;
  };
  const exchange = (form: URLSearchParams): object => {
    const code = form.get('code') ?? '';
    const grant = grants.get(code);
    grants.delete(code);
    if (form.get('client_id') !== APP.clientId || form.get('client_secret') !== APP.clientSecret) {
      return { ok: false, error: 'bad_client_secret' };
    }
    if (grant === undefined) return { ok: false, error: 'invalid_code' };
    if (form.get('redirect_uri') !== grant.redirectUri) return { ok: false, error: 'bad_redirect_uri' };
    const box = makeBox();
    const { team, channel } = grant.chosen;
    byChannel.set(channel.id, box);
    return {
      ok: true,
      app_id: 'A0',
      access_token: 'xoxb-the-token-that-nobody-needs',
      scope: 'incoming-webhook',
      team,
      incoming_webhook: {
        channel: channel.name,
        channel_id: channel.id,
        configuration_url: `${url}/services/${channel.id}`,
        url: box.url,
      },
    };
  };

  return {
    url,
    app: APP,
    exchanges,
    authorize: (authorizeUrl, chosen) => {
      const asked = new URL(authorizeUrl);
      const query = asked.searchParams;
      const redirectUri = query.get('redirect_uri') ?? '';
      if (asked.origin !== url || asked.pathname !== '/oauth/v2/authorize') throw new Error(`not Slack's: ${asked}`);
      if (query.get('client_id') !== APP.clientId) throw new Error('not the app of this Slack');
      if (query.get('scope') !== 'incoming-webhook') throw new Error('another scope');
      const back = new URL(redirectUri);
      back.searchParams.set('state', query.get('state') ?? '');
      if (chosen === 'refused') back.searchParams.set('error', 'access_denied');
      else {
        const code = crypto.randomUUID();
        grants.set(code, { chosen, redirectUri });
        back.searchParams.set('code', code);
      }
      return back.href;
    },
    hook: () => hookOf(makeBox()),
    hookOf: (channelId) => {
      const box = byChannel.get(channelId);
      if (box === undefined) throw new Error(`nobody connected ${channelId}`);
      return hookOf(box);
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function receive(box: Box, request: IncomingMessage, body: string): SlackReply {
  const post = readPost(request, body);
  if (post === undefined) return { status: 400, word: 'invalid_payload' };
  box.posts.push(post);
  return box.replies.shift() ?? { status: 200, word: 'ok' };
}

/** What Slack would show; `undefined` for what it would refuse. */
function readPost({ method, headers }: IncomingMessage, body: string): SlackPost | undefined {
  if (method !== 'POST' || headers['content-type'] !== 'application/json') return undefined;
  const { text: fallback, blocks } = JSON.parse(body) as { text: string; blocks: KnownBlock[] };
  const texts = blocks.flatMap(textsOf);
  const fits = blocks.length <= MOST_BLOCKS && texts.every((each) => each !== '' && each.length <= LONGEST_SECTION);
  return fits ? { text: fallback, blocks, shown: texts.join('\n'), at: performance.now() } : undefined;
}

function textsOf(block: KnownBlock): string[] {
  if (block.type === 'section') return [block.text?.text ?? ''];
  return block.type === 'context' ? block.elements.map((element) => ('text' in element ? element.text : '')) : [];
}

function hookOf({ url, posts, replies }: Box): SlackHook {
  return {
    url,
    posts,
    reply: (...more) => void replies.push(...more),
    exactly: async (n) => {
      await until(`${n} messages, of which ${posts.length} came`, () => posts.length >= n);
      if (posts.length > n) throw new Error(`${posts.length} messages came, of which ${n} were due`);
      return posts;
    },
  };
}

function answerJson(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

function answerWord(response: ServerResponse, { status, word, headers = {} }: SlackReply): void {
  response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(word);
}

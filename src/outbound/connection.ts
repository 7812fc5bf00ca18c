import type { Socket } from 'node:net';
import { Client } from 'undici';
import type { OutgoingRequest } from '../model/exchange.ts';
import { type ConnectOptions, openConnection, type Progress } from './connect.ts';
import { exchange, type Reply } from './exchange.ts';
import { toSendError } from './failure.ts';
import type { Limit } from './limit.ts';
import { forProxy, type HttpProxy, proxyFor, type Target } from './proxies.ts';

/** Largest head of an answer, in bytes. */
const MAX_HEADER_BYTES = 16 * 1024;

/**
 * How long an idle connection is kept, in milliseconds: shorter than receivers keep theirs (5 s and more), so that
 * one is seldom used at the moment its receiver closes it.
 */
const IDLE_MS = 3_000;

/** How long a busy connection is used before its host is looked up and its address checked anew, in milliseconds. */
const LIFETIME_MS = 30_000;

/** One request on its way: what it is cut short by, and how far it has come. */
interface Journey {
  readonly limit: Limit;
  readonly progress: Progress;
}

/**
 * A connection to one origin, for one request at a time. Its socket was opened to an address that was checked at
 * that moment; when there is none any more, the next request opens another, with another check.
 */
export class Connection {
  readonly #client: Client;
  /** To which requests are written as proxies read them; of a tunnel they know nothing. */
  readonly #forward: { readonly origin: string; readonly proxy: HttpProxy } | undefined;
  #socket: Socket | undefined;
  #address: string | undefined;
  #openedAt = Number.NEGATIVE_INFINITY;
  #journey: Journey | undefined;

  /** @param onClosed told whenever the socket is gone */
  constructor(url: URL, options: ConnectOptions, onClosed: (connection: Connection) => void) {
    const target = targetOf(url);
    const proxy = target.secure ? undefined : proxyFor(target, options.proxies);
    this.#forward = proxy && { origin: url.origin, proxy };
    this.#client = new Client(url.origin, {
      maxHeaderSize: MAX_HEADER_BYTES,
      keepAliveTimeout: IDLE_MS,
      keepAliveMaxTimeout: IDLE_MS,
      // the whole request has one limit, the caller's
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (_options, callback) => {
        this.#connect(target, options).then(
          (socket) => callback(null, socket),
          (error: unknown) => callback(toSendError(error), null),
        );
      },
    });
    this.#client.on('disconnect', () => {
      this.#socket = undefined;
      onClosed(this);
    });
  }

  /** Whether another request may go over the same socket. */
  get isReusable(): boolean {
    return this.#socket?.destroyed === false && performance.now() - this.#openedAt < LIFETIME_MS;
  }

  /** Where a request begins: at the name of its host, or at an open socket. */
  begin(): Progress {
    const socket = this.isReusable ? this.#socket : undefined;
    if (socket === undefined) return { phase: 'dns', address: undefined, socket, sentBefore: 0 };
    return { phase: 'send', address: this.#address, socket, sentBefore: socket.bytesWritten };
  }

  /** @throws unknown whatever the client meets; see {@link toSendError} */
  send(path: string, request: OutgoingRequest, progress: Progress, limit: Limit): Promise<Reply> {
    this.#journey = { limit, progress };
    const [written, headers] =
      this.#forward === undefined ? [path, request.headers] : forProxy(this.#forward, path, request.headers);
    return exchange(this.#client, written, { ...request, headers }, progress, limit);
  }

  /** Closes it; what is on its way fails. */
  destroy(): void {
    // nothing waits for it: what the caller needs is already in hand
    void this.#client.destroy();
  }

  async #connect(target: Target, options: ConnectOptions): Promise<Socket> {
    if (this.#journey === undefined) throw new Error('a connection is opened by its first request');
    const { progress, limit } = this.#journey;
    progress.phase = 'dns';
    const socket = await openConnection(target, options, progress, limit);
    this.#socket = socket;
    this.#address = progress.address;
    this.#openedAt = performance.now();
    progress.phase = 'send';
    progress.socket = socket;
    progress.sentBefore = 0;
    return socket;
  }
}

function targetOf(url: URL): Target {
  const secure = url.protocol === 'https:';
  return { host: url.hostname, port: Number(url.port || (secure ? 443 : 80)), secure };
}

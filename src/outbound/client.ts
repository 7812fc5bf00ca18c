import { lookup as systemLookup } from 'node:dns/promises';
import { Client } from 'undici';
import type { Answer, OutgoingRequest, ReceivedResponse, SendPhase } from '../model/exchange.ts';
import type { AddressPolicy } from './address-guard.ts';
import { readBounded } from './body.ts';
import { type Lookup, openConnection, type Progress } from './connect.ts';
import { SendError, toSendError } from './failure.ts';

export interface OutboundOptions {
  readonly policy: AddressPolicy;
  /** Default: the system's resolver. */
  readonly lookup?: Lookup;
  /** For each address; default 5,000. */
  readonly connectTimeoutMs?: number;
  /** From the look-up to the last byte that is kept; default 20,000. */
  readonly totalTimeoutMs?: number;
}

/** The one way out. */
export interface Outbound {
  /**
   * Sends one request over a connection of its own: addresses are checked for every attempt, and no idle
   * connection can be found closed by the receiver. Redirects are not followed. Never rejects.
   *
   * @param signal gives the request up; its answer is then the fault `stopped`
   */
  send(request: OutgoingRequest, signal?: AbortSignal): Promise<Answer>;
}

const MAX_HEADER_BYTES = 16 * 1024;
const MAX_BODY_BYTES = 64 * 1024;

export function openOutbound(options: OutboundOptions): Outbound {
  return { send: (request, signal) => send(request, options, signal) };
}

async function send(request: OutgoingRequest, options: OutboundOptions, signal?: AbortSignal): Promise<Answer> {
  const begun = performance.now();
  const totalMs = options.totalTimeoutMs ?? 20_000;
  const limit = new AbortController();
  const stop = (): void => limit.abort(new SendError('stopped', 'the request was given up because the server stops'));
  const timer = setTimeout(
    () => limit.abort(new SendError('timeout', `no answer within ${totalMs / 1000} s`)),
    totalMs,
  );
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  const progress: Progress = { phase: 'dns', address: undefined, socket: undefined };
  try {
    const response = await exchange(request, options, progress, limit.signal);
    return { ...response, address: progress.address, durationMs: elapsed(begun) };
  } catch (error) {
    const { fault, message } = toSendError(limit.signal.aborted ? limit.signal.reason : error);
    const phase = phaseOf(progress);
    return { kind: 'failure', phase, fault, text: message, address: progress.address, durationMs: elapsed(begun) };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

async function exchange(
  request: OutgoingRequest,
  options: OutboundOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<Omit<ReceivedResponse, 'address' | 'durationMs'>> {
  signal.throwIfAborted();
  const url = new URL(request.url);
  const client = clientFor(url, options, progress, signal);
  try {
    const answer = await client.request({
      method: request.method,
      path: url.pathname + url.search,
      headers: request.headers,
      body: request.body,
      signal,
      reset: true,
    });
    progress.phase = 'read';
    const body = await readBounded(answer.body, MAX_BODY_BYTES);
    return { kind: 'response', status: answer.statusCode, headers: flatten(answer.headers), ...body };
  } finally {
    // nothing waits for it: what the caller needs is already in hand
    void client.destroy();
  }
}

function clientFor(url: URL, options: OutboundOptions, progress: Progress, signal: AbortSignal): Client {
  const secure = url.protocol === 'https:';
  const target = { host: url.hostname, port: Number(url.port || (secure ? 443 : 80)), secure };
  const connecting = {
    policy: options.policy,
    lookup: options.lookup ?? lookUpAll,
    connectTimeoutMs: options.connectTimeoutMs ?? 5_000,
  };
  return new Client(url.origin, {
    maxHeaderSize: MAX_HEADER_BYTES,
    // the whole request has one limit, ours
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (_options, callback) => {
      openConnection(target, connecting, progress, signal).then(
        (socket) => {
          progress.phase = 'send';
          progress.socket = socket;
          callback(null, socket);
        },
        (error: unknown) => callback(toSendError(error), null),
      );
    },
  });
}

async function lookUpAll(host: string): Promise<string[]> {
  const found = await systemLookup(host, { all: true, order: 'verbatim' });
  return found.map(({ address }) => address);
}

/** Once all bytes are handed over, a request that is still without answer waits. */
function phaseOf({ phase, socket }: Progress): SendPhase {
  const handedOver = socket !== undefined && socket.bytesWritten > 0 && socket.writableLength === 0;
  return phase === 'send' && handedOver ? 'wait' : phase;
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]));
}

const elapsed = (begun: number): number => Math.round(performance.now() - begun);

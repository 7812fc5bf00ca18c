import { lookup as systemLookup } from 'node:dns/promises';
import type { Answer, OutgoingRequest, ReceivedResponse, SendFailure, SendPhase } from '../model/exchange.ts';
import type { AddressPolicy } from './address-guard.ts';
import type { Lookup, Progress } from './connect.ts';
import type { Connection } from './connection.ts';
import { Connections } from './connections.ts';
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
   * Sends one request. The connection of an earlier one to the same origin is used again while it is young: each
   * was opened to an address that was checked at that moment (automations, section 4.6). When its receiver has
   * just closed it, the request goes out once more over a new one, with the same bytes. Redirects are not
   * followed. Never rejects.
   *
   * @param signal gives the request up; its answer is then the fault `stopped`
   */
  send(request: OutgoingRequest, signal?: AbortSignal): Promise<Answer>;
  /** Closes idle connections; what is on its way goes on. */
  close(): void;
}

export function openOutbound(options: OutboundOptions): Outbound {
  const connections = new Connections({
    policy: options.policy,
    lookup: options.lookup ?? lookUpAll,
    connectTimeoutMs: options.connectTimeoutMs ?? 5_000,
  });
  const totalMs = options.totalTimeoutMs ?? 20_000;
  return {
    send: (request, signal) => withinLimits(totalMs, signal, (limit) => send(request, connections, limit)),
    close: () => connections.close(),
  };
}

/** Runs a request with a signal that aborts at the time limit, or when the caller gives the request up. */
async function withinLimits(
  totalMs: number,
  signal: AbortSignal | undefined,
  run: (limit: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const limit = new AbortController();
  const stop = (): void => limit.abort(new SendError('stopped', 'the request was given up because the server stops'));
  const timer = setTimeout(
    () => limit.abort(new SendError('timeout', `no answer within ${totalMs / 1000} s`)),
    totalMs,
  );
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await run(limit.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

async function send(request: OutgoingRequest, connections: Connections, limit: AbortSignal): Promise<Answer> {
  const { origin } = new URL(request.url);
  const begun = performance.now();
  const over = async (connection: Connection): Promise<Answer> => {
    const outcome = await sendOver(connection, request, limit);
    if (outcome.kind === 'response' && !outcome.truncated) connections.keep(origin, connection);
    else connection.destroy();
    return { ...outcome, durationMs: Math.round(performance.now() - begun) };
  };
  const kept = connections.take(origin);
  const answer = kept && (await over(kept));
  return answer === undefined || wasClosed(answer) ? over(connections.make(origin)) : answer;
}

/** A kept connection that ends before any answer was most likely closed while the request was on its way. */
function wasClosed(answer: Answer): boolean {
  return answer.kind === 'failure' && answer.fault === 'reset' && answer.phase !== 'read';
}

type Outcome = Untimed<ReceivedResponse> | Untimed<SendFailure>;
type Untimed<Of extends Answer> = Omit<Of, 'durationMs'>;

async function sendOver(connection: Connection, request: OutgoingRequest, limit: AbortSignal): Promise<Outcome> {
  const progress = connection.begin();
  try {
    limit.throwIfAborted();
    const reply = await connection.send(request, progress, limit);
    return { ...reply, address: progress.address };
  } catch (error) {
    const { fault, message } = toSendError(limit.aborted ? limit.reason : error);
    return { kind: 'failure', phase: phaseOf(progress), fault, text: message, address: progress.address };
  }
}

async function lookUpAll(host: string): Promise<string[]> {
  const found = await systemLookup(host, { all: true, order: 'verbatim' });
  return found.map(({ address }) => address);
}

/** Once all bytes are handed over, a request that is still without answer waits. */
function phaseOf({ phase, socket, sentBefore }: Progress): SendPhase {
  const handedOver = socket !== undefined && socket.bytesWritten > sentBefore && socket.writableLength === 0;
  return phase === 'send' && handedOver ? 'wait' : phase;
}

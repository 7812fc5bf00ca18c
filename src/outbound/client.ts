import { createSecureContext } from 'node:tls';
import type { Answer, OutgoingRequest, ReceivedResponse, SendFailure, SendPhase } from '../model/exchange.ts';
import { type AddressPolicy, refusalOf } from './address-guard.ts';
import type { Progress } from './connect.ts';
import type { Connection } from './connection.ts';
import { Connections } from './connections.ts';
import { toSendError } from './failure.ts';
import { Limit } from './limit.ts';
import type { Lookup } from './lookup.ts';
import { NO_PROXIES, type Proxies } from './proxies.ts';
import { parseAddress } from './ranges.ts';
import { systemLookup } from './system-lookup.ts';

export interface OutboundOptions {
  readonly policy: AddressPolicy;
  /** Default: the system's resolver. */
  readonly lookup?: Lookup;
  /** For each address; default 5,000. */
  readonly connectTimeoutMs?: number;
  /** From the look-up to the last byte that is kept, unless a request says otherwise; default 20,000. */
  readonly totalTimeoutMs?: number;
  /** Default: none. */
  readonly proxies?: Proxies;
  /** Certificates in PEM whose owners are believed; default: those of Node. */
  readonly authorities?: readonly string[];
  /** Told of every address that is refused, for the operator; an answer names only the host. */
  readonly onRefused?: (host: string, address: string) => void;
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
  /**
   * Why nothing could be sent to an address that names its host by number (or is of this machine), before anything is
   * sent; `undefined` when something could, and for names, which are judged when they are looked up.
   */
  refusalOf(url: string): string | undefined;
  /** Closes idle connections; what is on its way goes on. */
  close(): void;
}

export function openOutbound(options: OutboundOptions): Outbound {
  const connections = new Connections({
    policy: options.policy,
    lookup: options.lookup ?? systemLookup(),
    connectTimeoutMs: options.connectTimeoutMs ?? 5_000,
    proxies: options.proxies ?? NO_PROXIES,
    authorities: createSecureContext(options.authorities === undefined ? {} : { ca: [...options.authorities] }),
    onRefused: options.onRefused ?? (() => {}),
  });
  const totalMs = options.totalTimeoutMs ?? 20_000;
  return {
    send: async (request, signal) => {
      const limit = new Limit(request.timeoutMs ?? totalMs, signal);
      try {
        return await send(request, connections, limit);
      } finally {
        limit.clear();
      }
    },
    refusalOf: (url) => refusalOfUrl(new URL(url), options.policy),
    close: () => connections.close(),
  };
}

/** A name of this machine needs no look-up (RFC 6761, section 6.3). */
const OWN_NAME = /(^|\.)localhost\.?$/;

function refusalOfUrl({ hostname }: URL, policy: AddressPolicy): string | undefined {
  if (OWN_NAME.test(hostname)) return refusalOf('127.0.0.1', hostname, policy);
  const address = parseAddress(hostname);
  return address === undefined ? undefined : refusalOf(address.toString(), hostname, policy);
}

async function send(request: OutgoingRequest, connections: Connections, limit: Limit): Promise<Answer> {
  const { origin, pathname, search } = new URL(request.url);
  const path = pathname + search;
  const begun = performance.now();
  const over = async (connection: Connection): Promise<Answer> => {
    const outcome = await sendOver(connection, path, request, limit);
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

async function sendOver(
  connection: Connection,
  path: string,
  request: OutgoingRequest,
  limit: Limit,
): Promise<Outcome> {
  const progress = connection.begin();
  try {
    if (limit.reason !== undefined) throw limit.reason;
    const reply = await connection.send(path, request, progress, limit);
    return { ...reply, address: progress.address };
  } catch (error) {
    const { fault, message } = limit.reason ?? toSendError(error);
    return { kind: 'failure', phase: phaseOf(progress), fault, text: message, address: progress.address };
  }
}

/** Once all bytes are handed over, a request that is still without answer waits. */
function phaseOf({ phase, socket, sentBefore }: Progress): SendPhase {
  const handedOver = socket !== undefined && socket.bytesWritten > sentBefore && socket.writableLength === 0;
  return phase === 'send' && handedOver ? 'wait' : phase;
}

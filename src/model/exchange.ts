/** One HTTP request to the outside: everything decided, nothing sent. */
export interface OutgoingRequest {
  readonly method: 'POST';
  /** Absolute `http` or `https`. The path and query may be credentials: never printed. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** For the whole exchange, when it is not the sender's default. */
  readonly timeoutMs?: number;
}

/** How far a request came before it failed. */
export type SendPhase = 'dns' | 'connect' | 'tls' | 'send' | 'wait' | 'read';

/** What kind of failure it was; `stopped` is our own doing: the outcome is unknown. */
export type SendFault =
  | 'blocked'
  | 'dns'
  | 'refused'
  | 'unreachable'
  | 'timeout'
  | 'reset'
  | 'certificate'
  | 'tls'
  | 'malformed'
  | 'stopped'
  | 'other';

interface Sent {
  /** The address really connected to; `undefined` when it did not come to that, or a proxy was between. */
  readonly address: string | undefined;
  readonly durationMs: number;
}

export interface ReceivedResponse extends Sent {
  readonly kind: 'response';
  readonly status: number;
  /** Names in lower case; repeated ones joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** The first bytes of the body, read as UTF-8. */
  readonly body: string;
  /** Whether the body was longer than what was kept. */
  readonly truncated: boolean;
}

export interface SendFailure extends Sent {
  readonly kind: 'failure';
  readonly phase: SendPhase;
  readonly fault: SendFault;
  /** For people: no URL, and no address that the host of the request does not say. */
  readonly text: string;
}

/** What came of a request. */
export type Answer = ReceivedResponse | SendFailure;

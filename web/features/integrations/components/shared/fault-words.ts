/** What kept a request from its answer, by the classes that attempts name. */
const FAULTS: Readonly<Record<string, string>> = {
  blocked: 'This address may not be reached from here',
  dns: 'The host name could not be resolved',
  refused: 'Nothing listens at this address: the connection was refused',
  unreachable: 'The host cannot be reached over the network',
  timeout: 'There was no answer in time',
  reset: 'The connection was closed before the answer was complete',
  certificate: 'The certificate of the host was not accepted',
  tls: 'No secure connection could be made: the TLS handshake failed',
  malformed: 'What came back is not HTTP',
  stopped: 'The server stopped before there was an answer',
};

const PHASES = {
  dns: 'while the name was looked up',
  connect: 'while connecting',
  tls: 'during the TLS handshake',
  send: 'while sending',
  wait: 'while waiting for the answer',
  read: 'while reading the answer',
} as const;

export type Phase = keyof typeof PHASES;

/** `Nothing listens at this address: the connection was refused`. */
export function faultWords(fault: string | null): string {
  return FAULTS[fault ?? ''] ?? 'The request failed';
}

/** How far a request came. */
export function phaseWords(phase: Phase): string {
  return PHASES[phase];
}

import { errors } from 'undici';
import type { SendFault } from '../model/exchange.ts';

/** A failed request inside this room; its text is safe to show. */
export class SendError extends Error {
  readonly fault: SendFault;

  constructor(fault: SendFault, text: string) {
    super(text);
    this.fault = fault;
  }
}

const KNOWN: Readonly<Record<string, readonly [SendFault, string]>> = {
  ECONNREFUSED: ['refused', 'connection refused'],
  ENOTFOUND: ['dns', 'the host name has no address'],
  ENODATA: ['dns', 'the host name has no address'],
  ECONNRESET: ['reset', 'the connection was reset'],
  ECONNABORTED: ['reset', 'the connection was reset'],
  EPIPE: ['reset', 'the connection was closed while the request was being sent'],
  UND_ERR_SOCKET: ['reset', 'the connection was closed before the answer was complete'],
  ETIMEDOUT: ['timeout', 'no connection in time'],
  EHOSTUNREACH: ['unreachable', 'the host is unreachable'],
  EHOSTDOWN: ['unreachable', 'the host is unreachable'],
  ENETUNREACH: ['unreachable', 'the network is unreachable'],
  ENETDOWN: ['unreachable', 'the network is unreachable'],
  EADDRNOTAVAIL: ['unreachable', 'the address cannot be reached from here'],
  UND_ERR_HEADERS_OVERFLOW: ['malformed', 'the headers of the answer are too large'],
  HPE_HEADER_OVERFLOW: ['malformed', 'the headers of the answer are too large'],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['malformed', 'the body of the answer has another length than announced'],
};

const CERTIFICATE = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_CA)/;

/**
 * Makes of any error a failure with a safe text: the messages of Node and undici name addresses, so only their
 * codes are used.
 */
export function toSendError(error: unknown): SendError {
  if (error instanceof SendError) return error;
  const code = codeOf(error);
  const known = KNOWN[code];
  if (known !== undefined) return new SendError(...known);
  if (CERTIFICATE.test(code)) return new SendError('certificate', `the certificate was not accepted (${code})`);
  if (/^(ERR_SSL_|ERR_TLS_|EPROTO)/.test(code)) return new SendError('tls', `the TLS handshake failed (${code})`);
  if (error instanceof errors.HTTPParserError || /^HPE_/.test(code))
    return new SendError('malformed', 'the answer is not HTTP');
  return new SendError('other', `the request failed (${code})`);
}

/** Whether a look-up failed because there is no such name, or it has no address. */
export function knowsNothing(error: unknown): boolean {
  return /^(ENOTFOUND|ENODATA|EAI_NODATA|EAI_NONAME)$/.test(codeOf(error));
}

/** The same of what a look-up throws: its codes are of name servers, which may refuse and time out as receivers do. */
export function toLookupError(error: unknown): SendError {
  if (error instanceof SendError) return error;
  if (knowsNothing(error)) return new SendError('dns', 'the host name has no address');
  const code = codeOf(error);
  if (/^(ETIMEOUT|ECONNREFUSED|EAI_AGAIN)$/.test(code)) return new SendError('dns', 'the name server did not answer');
  return new SendError('dns', `the host name could not be looked up (${code})`);
}

/** Of an error of Node or of a library; `unknown` where it has none that is safe to show. */
export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]*$/.test(code) ? code : 'unknown';
}

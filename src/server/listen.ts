import { isIPv6 } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { TriplineError } from '../model/error.ts';

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/**
 * Starts to take requests.
 *
 * @returns the base URL under which this machine reaches it, without a closing slash
 * @throws TriplineError conflict when the port is in use; invalid when it or the host cannot be listened on
 */
export async function listen(app: FastifyInstance, { host, port }: ListenAddress): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw refusal(error, host, port) ?? error;
  }
  const bound = app.server.address();
  return `http://${reachable(host)}:${bound !== null && typeof bound === 'object' ? bound.port : port}`;
}

/** An address to listen on need not be one to connect to. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return isIPv6(host) ? `[${host}]` : host;
}

function refusal(error: unknown, host: string, port: number): TriplineError | undefined {
  switch (error instanceof Error && 'code' in error ? error.code : undefined) {
    case 'EADDRINUSE':
      return new TriplineError(
        'conflict',
        `Port ${port} on ${host} is in use by another program: stop that one, or choose another port with --port.`,
      );
    case 'EACCES':
      return new TriplineError(
        'invalid',
        `Port ${port} is reserved for the administrator of this machine: choose one above 1023 with --port.`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new TriplineError('invalid', `${host} is no address of this machine: choose another with --host.`);
    default:
      return undefined;
  }
}

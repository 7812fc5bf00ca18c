import http from 'node:http';
import type { Socket } from 'node:net';
import { SendError } from './failure.ts';
import type { Limit } from './limit.ts';
import { credentials, type HttpProxy, type Target } from './proxies.ts';

/**
 * Asks a proxy for a tunnel to a target, over a connection to it.
 *
 * @throws unknown whatever the connection meets; SendError when the proxy refuses
 */
export function openTunnel(socket: Socket, { host, port }: Target, proxy: HttpProxy, limit: Limit): Promise<Socket> {
  return new Promise<Socket>((resolve, reject) => {
    const authority = `${host}:${port}`;
    const asked = http.request({
      method: 'CONNECT',
      path: authority,
      headers: { Host: authority, ...credentials(proxy) },
      createConnection: () => socket,
    });
    limit.onEnd((reason) => asked.destroy(reason));
    asked.once('error', reject);
    asked.once('connect', ({ statusCode = 0 }, tunnel, head) => {
      const isOpen = statusCode >= 200 && statusCode < 300;
      if (isOpen && head.length === 0) return resolve(socket);
      tunnel.destroy();
      reject(
        isOpen
          ? new SendError('malformed', 'the proxy sent bytes before the tunnel was used')
          : new SendError('unreachable', `the proxy answered ${statusCode}`),
      );
    });
    asked.end();
  }).finally(() => limit.onEnd(undefined));
}

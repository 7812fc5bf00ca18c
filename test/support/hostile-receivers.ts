import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import net, { type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import tls from 'node:tls';
import { gzipSync } from 'node:zlib';

/** What a receiver does with the nth connection to it, once a request begins to arrive. */
export type Behaviour = (socket: Socket, nth: number) => void | Promise<void>;

/** Receivers that speak bytes, not HTTP. */
export interface HostileReceivers {
  /** Connections that are open. */
  readonly open: ReadonlySet<Socket>;
  /** A new receiver on the loopback address. @returns its port */
  listen(behaviour: Behaviour, how?: Manner): Promise<number>;
  close(): void;
}

export interface Manner {
  /** Name of the certificate with which it speaks TLS; without one it does not. */
  readonly certificate?: 'valid' | 'expired' | 'other-name' | 'self-signed';
  /** What it speaks over TLS. */
  readonly protocols?: readonly string[];
  /** Whether it begins before a byte has arrived. */
  readonly early?: true;
}

export function hostileReceivers(): HostileReceivers {
  const servers: Server[] = [];
  const open = new Set<Socket>();
  return {
    open,
    listen: async (behaviour, { certificate, protocols, early } = {}) => {
      let nth = 0;
      const serve = (socket: Socket): void => {
        nth += 1;
        const now = nth;
        open.add(socket);
        socket.on('error', () => {}).on('close', () => open.delete(socket));
        if (early) void behaviour(socket, now);
        else socket.once('data', () => void behaviour(socket, now));
        socket.resume();
      };
      const server =
        certificate === undefined
          ? net.createServer(serve)
          : tls.createServer({ ...pairOf(certificate), ALPNProtocols: [...(protocols ?? ['http/1.1'])] }, serve);
      server.on('tlsClientError', () => {});
      servers.push(server);
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return (server.address() as net.AddressInfo).port;
    },
    close: () => {
      for (const server of servers) server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

export const certificateFile = (name: string): string => new URL(`certificates/${name}.pem`, import.meta.url).pathname;

function pairOf(certificate: string) {
  const pem = readFileSync(certificateFile(certificate));
  return { cert: pem, key: pem };
}

/** An answer in full. */
export const answering =
  (status: string, headers: readonly string[] = [], body: string | Buffer = ''): Behaviour =>
  (socket) => {
    const head = [`HTTP/1.1 ${status}`, `Content-Length: ${Buffer.byteLength(body)}`, 'Connection: close', ...headers];
    socket.end(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), Buffer.from(body)]));
  };

/** Bytes as they are; the connection stays open. */
export const saying =
  (text: string | Buffer): Behaviour =>
  (socket) =>
    void socket.write(text);

/** The same, and then the end of the connection. */
export const breakingOff =
  (text: string): Behaviour =>
  (socket) =>
    void socket.end(text);

export const hanging: Behaviour = () => {};

/** Over TLS there is no more than an end without a farewell. */
export const resetting: Behaviour = (socket) =>
  void (socket instanceof tls.TLSSocket ? socket.destroy() : socket.resetAndDestroy());

/** A beginning, then a piece again and again: as fast as it is taken, or every so many milliseconds. */
export const goingOn =
  (start: string, piece: string | Buffer, everyMs?: number): Behaviour =>
  async (socket) => {
    socket.write(start);
    while (!socket.destroyed) {
      const more = socket.write(piece);
      if (everyMs !== undefined) await delay(everyMs);
      else if (!more) await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => {});
      else await delay(0);
    }
  };

/** 64 MiB of zeros in 64 KiB. */
export const BOMB = gzipSync(Buffer.alloc(64 * 1024 ** 2));

/** One behaviour after the other, a connection each. */
export const inTurn =
  (...behaviours: readonly Behaviour[]): Behaviour =>
  (socket, nth) =>
    behaviours[Math.min(nth, behaviours.length) - 1]?.(socket, nth);

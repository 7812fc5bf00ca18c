import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type Chunk, chunkOf, FIRST_STEP, ROWS } from '../chunk.ts';

const HEAD = /^HTTP\/1\.1 (\d{3})(?:.*\r\n)+?content-length: (\d+)(?:\r\n.*)*?\r\n\r\n/i;
const RETRY_AFTER = /^retry-after: (\d+)/im;

/** How a request was answered. */
export interface Answered {
  readonly status: number;
  /** Milliseconds after which a refused request may come again. */
  readonly retryAfter: number;
}

/**
 * One run with a connection of its own. The bytes of a request are moved in place and answers are read no further
 * than needed: the load shares the cores with the server, so each microsecond here is one less for it.
 */
export class Lane {
  readonly #chunk: Chunk;
  readonly #port: number;
  #step = FIRST_STEP;
  #socket: Socket | undefined;
  #answer = '';
  #waiting: { resolve: (answered: Answered) => void; reject: (error: Error) => void } | undefined;

  constructor(place: { port: number; path: string; authorization: string }, seed: number) {
    this.#port = place.port;
    this.#chunk = chunkOf(seed, (length) =>
      [
        `POST ${place.path} HTTP/1.1`,
        `Host: 127.0.0.1:${place.port}`,
        'User-Agent: wandb-core',
        `Authorization: ${place.authorization}`,
        'Content-Type: application/json',
        'X-Wandb-Username: ',
        'X-Wandb-User-Email: ',
        `Content-Length: ${length}`,
        '\r\n',
      ].join('\r\n'),
    );
  }

  async open(): Promise<void> {
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    socket.on('data', (data: Buffer) => this.#read(data));
    socket.on('error', (error) => this.#waiting?.reject(error));
    socket.on('close', () => this.#waiting?.reject(new Error('the server closed a connection')));
    this.#socket = socket;
  }

  close(): void {
    this.#waiting = undefined;
    this.#socket?.destroy();
  }

  /** Sends the run's next chunk; the same once more when the one before was refused, as clients do. */
  send(): Promise<Answered> {
    this.#chunk.moveTo(this.#step);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket?.write(this.#chunk.bytes);
    });
  }

  #read(data: Buffer): void {
    this.#answer += data.toString('latin1');
    const [head, status, length] = HEAD.exec(this.#answer) ?? [];
    if (head === undefined || this.#answer.length < head.length + Number(length)) return;
    this.#answer = '';
    if (status === '200') this.#step += ROWS;
    const retryAfter = status === '429' ? Number(RETRY_AFTER.exec(head)?.[1] ?? 1) * 1000 : 0;
    this.#waiting?.resolve({ status: Number(status), retryAfter });
  }
}

import type { Client, Dispatcher } from 'undici';
import type { OutgoingRequest, ReceivedResponse } from '../model/exchange.ts';
import { BoundedBody } from './body.ts';
import type { Progress } from './connect.ts';

/** What came back, without what only the connection knows. */
export type Reply = Omit<ReceivedResponse, 'address' | 'durationMs'>;

const MAX_BODY_BYTES = 64 * 1024;
const FIRST_FINAL_STATUS = 200;

/**
 * Sends a request over a client and reads its answer up to the largest body that is kept; there the exchange ends,
 * and with it the connection.
 *
 * @throws unknown whatever the client meets, or the reason of the signal; see `toSendError`
 */
export function exchange(
  client: Client,
  request: OutgoingRequest,
  progress: Progress,
  signal: AbortSignal,
): Promise<Reply> {
  const { pathname, search } = new URL(request.url);
  const { method, headers, body } = request;
  return new Promise((resolve, reject) => {
    const handler = new AnswerHandler(progress, signal, resolve, reject);
    client.dispatch({ method, path: pathname + search, headers, body }, handler);
  });
}

class AnswerHandler implements Dispatcher.DispatchHandler {
  readonly #progress: Progress;
  readonly #signal: AbortSignal;
  readonly #resolve: (reply: Reply) => void;
  readonly #reject: (error: unknown) => void;
  readonly #body = new BoundedBody(MAX_BODY_BYTES);
  #status = 0;
  #headers: Record<string, string> = {};
  #giveUp: (() => void) | undefined;

  constructor(
    progress: Progress,
    signal: AbortSignal,
    resolve: (reply: Reply) => void,
    reject: (error: unknown) => void,
  ) {
    this.#progress = progress;
    this.#signal = signal;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    const giveUp = () => controller.abort(this.#signal.reason as Error);
    if (this.#signal.aborted) giveUp();
    this.#giveUp = giveUp;
    this.#signal.addEventListener('abort', giveUp, { once: true });
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    if (status < FIRST_FINAL_STATUS) return;
    this.#progress.phase = 'read';
    this.#status = status;
    this.#headers = flatten(headers);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#body.add(chunk);
    if (!this.#body.truncated) return;
    this.#answer();
    controller.abort(new Error('the rest of the body is not wanted'));
  }

  onResponseEnd(): void {
    this.#answer();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#settle();
    this.#reject(error);
  }

  #answer(): void {
    this.#settle();
    const { text, truncated } = this.#body;
    this.#resolve({ kind: 'response', status: this.#status, headers: this.#headers, body: text, truncated });
  }

  #settle(): void {
    if (this.#giveUp !== undefined) this.#signal.removeEventListener('abort', this.#giveUp);
  }
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}

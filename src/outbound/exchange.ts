import type { Client, Dispatcher } from 'undici';
import type { OutgoingRequest, ReceivedResponse } from '../model/exchange.ts';
import { BoundedBody } from './body.ts';
import type { Progress } from './connect.ts';
import type { Limit } from './limit.ts';

/** What came back, without what only the connection knows. */
export type Reply = Omit<ReceivedResponse, 'address' | 'durationMs'>;

const MAX_BODY_BYTES = 64 * 1024;
const FIRST_FINAL_STATUS = 200;

/**
 * Sends a request over a client and reads its answer up to the largest body that is kept; there the exchange ends,
 * and with it the connection.
 *
 * @param path with the query
 * @throws unknown whatever the client meets, or why the request is over; see `toSendError`
 */
export function exchange(
  client: Client,
  path: string,
  request: OutgoingRequest,
  progress: Progress,
  limit: Limit,
): Promise<Reply> {
  const { method, headers, body } = request;
  return new Promise((resolve, reject) => {
    const handler = new AnswerHandler(progress, limit, resolve, reject);
    client.dispatch({ method, path, headers, body }, handler);
  });
}

class AnswerHandler implements Dispatcher.DispatchHandler {
  readonly #progress: Progress;
  readonly #limit: Limit;
  readonly #resolve: (reply: Reply) => void;
  readonly #reject: (error: unknown) => void;
  readonly #body = new BoundedBody(MAX_BODY_BYTES);
  #status = 0;
  #headers: Record<string, string> = {};

  constructor(progress: Progress, limit: Limit, resolve: (reply: Reply) => void, reject: (error: unknown) => void) {
    this.#progress = progress;
    this.#limit = limit;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#limit.onEnd((reason) => controller.abort(reason));
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
    this.#reject(error);
  }

  #answer(): void {
    this.#limit.onEnd(undefined);
    const { text, truncated } = this.#body;
    this.#resolve({ kind: 'response', status: this.#status, headers: this.#headers, body: text, truncated });
  }
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}

import { SendError } from './failure.ts';

/**
 * What cuts a request short: its time, or its caller. A lighter `AbortSignal`: one is made for every request, and
 * only one at a time waits for it.
 */
export class Limit {
  readonly #timer: NodeJS.Timeout;
  readonly #signal: AbortSignal | undefined;
  #reason: SendError | undefined;
  #cut: ((reason: SendError) => void) | undefined;

  /** @param signal of the caller, who gives the request up */
  constructor(totalMs: number, signal: AbortSignal | undefined) {
    this.#timer = setTimeout(
      () => this.#end(new SendError('timeout', `no answer within ${totalMs / 1000} s`)),
      totalMs,
    );
    this.#signal = signal;
    if (signal?.aborted) this.#stop();
    signal?.addEventListener('abort', this.#stop, { once: true });
  }

  /** Why the request is over; `undefined` while it may go on. */
  get reason(): SendError | undefined {
    return this.#reason;
  }

  /** Calls `cut` when the request is over, at once if it is; replaces what was called before. */
  onEnd(cut: ((reason: SendError) => void) | undefined): void {
    this.#cut = cut;
    if (this.#reason !== undefined) cut?.(this.#reason);
  }

  /** The request has its answer. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener('abort', this.#stop);
    this.#cut = undefined;
  }

  readonly #stop = (): void => this.#end(new SendError('stopped', 'the request was given up because the server stops'));

  #end(reason: SendError): void {
    this.#reason ??= reason;
    this.#cut?.(this.#reason);
  }
}

import type { Agent, Dispatcher } from 'undici';
import { giveBack } from './give-back.ts';

/** A request for bytes of which no more come than there is memory for. */
export interface BoundedRequest {
  readonly origin: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Copies the part of an object that is asked for into memory as it arrives. Nothing is held back, so that the end of
 * the connection finds nothing waiting (see `S3Answers`).
 *
 * @returns how many bytes came; `undefined` when it was no part, broke off, or was more
 */
export function fillMemory(agent: Agent, request: BoundedRequest, memory: Uint8Array): Promise<number | undefined> {
  return new Promise((resolve) => {
    agent.dispatch({ ...request, method: 'GET' }, new Filling(memory, resolve));
  });
}

const PARTIAL_CONTENT = 206;

class Filling implements Dispatcher.DispatchHandler {
  readonly #memory: Uint8Array;
  readonly #resolve: (length: number | undefined) => void;
  #length = 0;

  constructor(memory: Uint8Array, resolve: (length: number | undefined) => void) {
    this.#memory = memory;
    this.#resolve = resolve;
  }

  /** By this one the client tells handlers of today from those of its former releases. */
  onRequestStart(): void {}

  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    if (status >= 200 && status !== PARTIAL_CONTENT) controller.abort(new Error(`the object store answers ${status}`));
  }

  onResponseData(controller: Dispatcher.DispatchController, bytes: Buffer): void {
    if (this.#length + bytes.length > this.#memory.length) {
      controller.abort(new Error('the object store sends more than was asked for'));
      return;
    }
    this.#memory.set(bytes, this.#length);
    this.#length += bytes.length;
    // the client's parser still looks at them
    setImmediate(giveBack, [bytes]);
  }

  onResponseEnd(): void {
    this.#resolve(this.#length);
  }

  onResponseError(): void {
    this.#resolve(undefined);
  }
}

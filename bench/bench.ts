import type { Receiver } from '../test/support/receiver.ts';
import type { Generator } from './load/start-generator.ts';
import type { Options } from './options.ts';

/** What every part of the benchmark is given. */
export interface Bench extends Omit<Options, 'databases' | 'parts' | 'profile'> {
  readonly database: Options['databases'][number];
  /** Variables that servers are started with. */
  readonly env: Readonly<Record<string, string>>;
  readonly generator: Generator;
  readonly receiver: Receiver;
}

/** One of the things measured; it starts the server it needs, prints its table and leaves nothing behind. */
export type Part = (bench: Bench) => Promise<void>;

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onEnd } from '../../test/support/clean-up.ts';
import type { LoadReport, Order } from './order.ts';

/** Makes load in a process of its own, so that it shares no event loop with servers, receivers or the clock. */
export interface Generator {
  /** One order at a time. @throws Error when a chunk was answered neither 200 nor 429 */
  make(order: Order): Promise<LoadReport>;
}

export function startGenerator(): Generator {
  const child = fork(fileURLToPath(new URL('generator.ts', import.meta.url)));
  onEnd(() => child.disconnect());
  return { make: (order) => ask(child, order) };
}

async function ask(child: ChildProcess, order: Order): Promise<LoadReport> {
  const done = new AbortController();
  const { signal } = done;
  const answer = once(child, 'message', { signal });
  const death = once(child, 'exit', { signal }).then(([code]) => ({ error: `the generator ended with ${code}` }));
  child.send(order);
  const outcome: Outcome = await Promise.race([answer.then(([message]) => message), death]);
  done.abort();
  await Promise.allSettled([answer, death]);
  if ('error' in outcome) throw new Error(outcome.error);
  return outcome.report;
}

type Outcome = { readonly report: LoadReport } | { readonly error: string };

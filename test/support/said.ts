import { until } from './wait.ts';

/**
 * Waits until a process has printed something. What it prints reaches us by a pipe, later than an answer or a row in
 * the database may: to look at its log at once would be a race.
 */
export async function untilSaid(process: { readonly log: string }, what: RegExp): Promise<void> {
  await until(`${what} to be printed`, () => what.test(process.log));
}

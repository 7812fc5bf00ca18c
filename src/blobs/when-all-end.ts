/** Waits until all work has ended, well or not: what it uses can be closed then. @throws what ended the first of it */
export async function whenAllEnd(work: readonly Promise<unknown>[]): Promise<void> {
  for (const end of await Promise.allSettled(work)) if (end.status === 'rejected') throw end.reason;
}

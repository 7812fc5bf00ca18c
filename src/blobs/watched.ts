/** Its failure is told to whoever waits for it next, and is not unhandled until then. */
export function watched<Done>(work: Promise<Done>): Promise<Done> {
  work.catch(() => {});
  return work;
}

import type { UseMutationResult } from '@tanstack/react-query';

interface Afterwards<Done> {
  /** Says what was done, wherever one is by then. */
  readonly tell: (done: Done) => void;
  /** Leads away from where it was asked for, unless one has gone by oneself. */
  readonly leave: (done: Done) => void;
}

/**
 * Does a deed after which nothing is left of what asks for it. The news of it may be here before the answer, and then
 * what asked is gone, with callbacks of its own; these are called all the same. Failures are shown by who asks.
 */
export function doAndLeave<Done, Asked>(
  deed: Pick<UseMutationResult<Done, Error, Asked>, 'mutateAsync'>,
  asked: Asked,
  { tell, leave }: Afterwards<Done>,
): void {
  const { pathname } = location;
  const done = (answer: Done): void => {
    tell(answer);
    if (location.pathname === pathname) leave(answer);
  };
  deed.mutateAsync(asked).then(done, () => {});
}

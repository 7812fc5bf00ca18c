import { TriplineError } from '../model/error.ts';

/**
 * Answers a deletion of what is gone already as the first one was: a client whose answer was lost asks again (wandb
 * protocol, 0.5), at times while the first request is still under way.
 *
 * @param findGone what was deleted, for whoever may delete it
 * @throws whatever `remove` throws; `not_found` only when it never was there for the viewer
 */
export async function orGone<Thing>(
  remove: () => Promise<Thing>,
  findGone: () => Promise<Thing | undefined>,
): Promise<Thing> {
  try {
    return await remove();
  } catch (error) {
    const isMissing = error instanceof TriplineError && error.code === 'not_found';
    const gone = isMissing ? await findGone() : undefined;
    if (gone === undefined) throw error;
    return gone;
  }
}

import { invalid } from '../../../model/error.ts';
import { VISIBILITIES, type Visibility } from '../../../model/viewer.ts';

/** What the client's protocol calls the visibilities. */
export const ACCESS_OF: Readonly<Record<Visibility, string>> = {
  Open: 'USER_WRITE',
  Public: 'USER_READ',
  Team: 'PRIVATE',
  Restricted: 'RESTRICTED',
};

/** @throws TriplineError invalid */
export function parseAccess(access: string): Visibility {
  const found = VISIBILITIES.find((visibility) => ACCESS_OF[visibility] === access);
  if (found !== undefined) return found;
  throw invalid(`unknown access '${access}'; one of ${Object.values(ACCESS_OF).join(', ')}`, 'access');
}

import { forbidden, notFound } from '../model/error.ts';
import type { Place, Viewer } from '../model/viewer.ts';
import type { Deed } from './deeds.ts';
import { denial } from './denial.ts';
import type { DeedFacts } from './permits.ts';
import { permits } from './permits.ts';

/**
 * Refuses a deed that the viewer may not do. What they may not even see is answered as not found, so that a
 * refusal never tells that another team's things exist (automations, section 1.4).
 *
 * @param thing what is not found, for the message: `project 'vision'`
 * @throws TriplineError not_found, forbidden
 */
export function demand(viewer: Viewer, deed: Deed, place: Place, thing: string, facts: DeedFacts = {}): void {
  if (permits(viewer, deed, place, facts)) return;
  throw permits(viewer, 'see', place) ? denial(deed, place, facts) : notFound(`${thing} not found`);
}

/** Refuses everyone but instance admins. @throws TriplineError forbidden */
export function demandInstanceAdmin(viewer: Viewer): void {
  if (!viewer.admin) throw forbidden('permission denied: only an instance admin may do this');
}

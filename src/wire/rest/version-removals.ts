import { z } from 'zod';
import type { VersionFate } from '../../tracking/delete-versions.ts';

/** Versions that one call deletes. */
const MOST_VERSIONS = 200;

const versionNumber = z.string().regex(/^v(0|[1-9]\d{0,8})$/, 'write v3 for version 3');

export const someVersions = z
  .strictObject({
    versions: z.array(versionNumber).min(1).max(MOST_VERSIONS).describe('numbers: `v3`'),
    dryRun: z.boolean().default(false).describe('only tells what would become of them'),
  })
  .meta({ id: 'SomeVersions' });

export const versionsRemoved = z
  .object({
    removed: z.array(z.object({ version: z.string(), links: z.int().describe('collections that it was linked to') })),
    kept: z.array(z.object({ version: z.string(), aliases: z.string().describe('that lead to it, and where') })),
  })
  .meta({ id: 'VersionsRemoved' });

export function toRemoved(fates: readonly VersionFate[]): z.input<typeof versionsRemoved> {
  const answer: z.input<typeof versionsRemoved> = { removed: [], kept: [] };
  for (const { versionIndex, links, kept } of fates) {
    const version = `v${versionIndex}`;
    if (kept === undefined) answer.removed.push({ version, links });
    else answer.kept.push({ version, aliases: kept });
  }
  return answer;
}

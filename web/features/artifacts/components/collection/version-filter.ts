import { type Condition, lackOf } from '../../../../lib/conditions.ts';
import type { FilterTree } from '../../../../lib/filter-lines.ts';

/** By what the versions of a collection are looked for; what is absent is no condition. */
export interface VersionConditions {
  readonly search: string;
  readonly alias: string | undefined;
  readonly tag: string | undefined;
  /** All others, such as those on metadata. */
  readonly filter: FilterTree | undefined;
}

/** Fields that a line can ask for, beside those of the metadata. */
export const VERSION_FIELDS = ['version', 'size', 'metadata.<path>'] as const;

/** The conditions but the search, as the server's language of filters says them; `undefined` for none. */
export function versionFilter({ alias, tag, filter }: VersionConditions): string | undefined {
  const parts = [
    ...(alias === undefined ? [] : [{ alias }]),
    ...(tag === undefined ? [] : [{ tag }]),
    ...(filter === undefined ? [] : [filter]),
  ];
  return parts.length === 0 ? undefined : JSON.stringify({ $and: parts });
}

/** What a line lacks, or asks for in vain, as a sentence. */
export function faultOfLine(condition: Condition): string | undefined {
  const lack = lackOf(condition);
  if (lack !== undefined || /^(version|size|alias|tag|metadata\..+)$/.test(condition.field.trim())) return lack;
  return `Versions have no field ${condition.field}: write metadata.${condition.field} for a value of the metadata.`;
}

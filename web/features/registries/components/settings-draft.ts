import type { Visibility } from '../api/change-registry.ts';
import type { Registry } from '../api/list-registries.ts';

/** What the admins of a registry decide, as their form has it. */
export interface Settings {
  readonly name: string;
  readonly description: string;
  readonly visibility: Visibility;
  readonly allowsAll: boolean;
  readonly protectedAliases: readonly string[];
}

export type SettingName = keyof Settings;

/** A setting that somebody else changed while it stood in a form. */
export interface ForeignChange {
  readonly setting: SettingName;
  /** All settings before and after. */
  readonly before: Settings;
  readonly theirs: Settings;
  /** Whether the form has it, since nobody had changed it there, or both go together. */
  readonly isTaken: boolean;
}

/** A form that somebody fills in, beside the settings from which they began. */
export interface SettingsDraft {
  readonly revision: string;
  readonly base: Settings;
  readonly mine: Settings;
  readonly changes: readonly ForeignChange[];
}

export function draftOf(registry: Registry): SettingsDraft {
  const settings = settingsOf(registry);
  return { revision: registry.revision, base: settings, mine: settings, changes: [] };
}

/** The same form on top of what the settings are now: nothing that somebody wrote is lost, and nothing that others saved. */
export function rebased({ base, mine, changes }: SettingsDraft, registry: Registry): SettingsDraft {
  const theirs = settingsOf(registry);
  const names = (Object.keys(theirs) as SettingName[]).filter(
    (name) => !isSame(base[name], theirs[name]) && !isSame(mine[name], theirs[name]),
  );
  const told = names.map((setting) => ({ setting, before: base, theirs, isTaken: isTaken(setting, base, mine) }));
  const merged = told
    .filter((change) => change.isTaken)
    .reduce((so, { setting }) => withTheirs(so, base, theirs, setting), mine);
  const earlier = changes.filter(({ setting }) => !names.includes(setting));
  return { revision: registry.revision, base: theirs, mine: merged, changes: [...earlier, ...told] };
}

/** The form with another's value of a setting in place of one's own. */
export function takingTheirs(draft: SettingsDraft, change: ForeignChange): SettingsDraft {
  const { setting, theirs } = change;
  const changes = draft.changes.map((each) => (each === change ? { ...change, isTaken: true } : each));
  return { ...draft, mine: { ...draft.mine, [setting]: theirs[setting] }, changes };
}

function isTaken(setting: SettingName, base: Settings, mine: Settings): boolean {
  return setting === 'protectedAliases' || isSame(base[setting], mine[setting]);
}

function withTheirs(mine: Settings, base: Settings, theirs: Settings, setting: SettingName): Settings {
  if (setting !== 'protectedAliases') return { ...mine, [setting]: theirs[setting] };
  const { added, removed } = aliasesChanged(base, mine);
  const kept = theirs.protectedAliases.filter((alias) => !removed.includes(alias));
  return { ...mine, protectedAliases: [...new Set([...kept, ...added])] };
}

/** What was done to the protected aliases between two states of the settings. */
export function aliasesChanged(before: Settings, after: Settings) {
  return {
    added: after.protectedAliases.filter((alias) => !before.protectedAliases.includes(alias)),
    removed: before.protectedAliases.filter((alias) => !after.protectedAliases.includes(alias)),
  };
}

function settingsOf(registry: Registry): Settings {
  return {
    name: registry.name,
    description: registry.description ?? '',
    visibility: registry.visibility === 'Restricted' ? 'Restricted' : 'Team',
    allowsAll: registry.allowAllArtifactTypes,
    protectedAliases: registry.protectedAliases,
  };
}

function isSame(one: Settings[SettingName], other: Settings[SettingName]): boolean {
  if (typeof one === 'object' && typeof other === 'object')
    return one.toSorted().join('\n') === other.toSorted().join('\n');
  return typeof one === 'string' && typeof other === 'string' ? one.trim() === other.trim() : one === other;
}

import { REGISTRY_ROLES } from '../../../../src/model/viewer.ts';
import { type RegistryRole, roleWords } from '../api/registry-members.ts';

const MAY: Readonly<Record<RegistryRole, string>> = {
  restricted_viewer: 'Sees collections and versions and downloads them; not who else is invited.',
  viewer: 'Sees collections, versions and members, and downloads.',
  member: 'Also links and unlinks versions, gives aliases and tags, and makes automations.',
  admin: 'Also sets protected aliases, and changes settings and members.',
};

/** The roles in a registry, the weakest first, with what each lets one do. */
export const ROLES = REGISTRY_ROLES.map((value) => ({ value, label: roleWords(value), may: MAY[value] }));

/** How the projects of an organization that are registries are called (wandb protocol, 7.1). */
export const REGISTRY_PREFIX = 'wandb-registry-';

/** Whether a project of an organization is a registry by its name. */
export function isRegistryName(projectName: string): boolean {
  return projectName.startsWith(REGISTRY_PREFIX);
}

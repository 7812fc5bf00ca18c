/** Types of what the client logs by itself: tables, code, jobs (automations, section 2.2), and all with a prefix. */
export const INTERNAL_TYPES: readonly string[] = ['run_table', 'code', 'job'];
export const INTERNAL_PREFIX = 'wandb-';

/** Whether artifacts of a type are what the client logs by itself. */
export function isInternalType(type: string): boolean {
  return type.startsWith(INTERNAL_PREFIX) || INTERNAL_TYPES.includes(type);
}

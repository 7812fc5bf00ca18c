/** Types of what the client logs by itself: tables, code, jobs (automations, section 2.2). */
export const INTERNAL_TYPES = '^(wandb-.*|run_table|code|job)$';

const INTERNAL = new RegExp(INTERNAL_TYPES, 's');

/** Whether artifacts of a type are what the client logs by itself. */
export function isInternalType(type: string): boolean {
  return INTERNAL.test(type);
}

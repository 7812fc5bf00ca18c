const INTERNAL: ReadonlySet<string> = new Set(['run_table', 'code', 'job']);

/** Whether artifacts of a type are what the client logs by itself: tables, code, jobs (automations, section 2.2). */
export function isInternalType(type: string): boolean {
  return type.startsWith('wandb-') || INTERNAL.has(type);
}

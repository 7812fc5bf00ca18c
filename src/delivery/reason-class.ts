const CLASSES: ReadonlySet<string> = new Set([
  'action_unreadable',
  'address_blocked',
  'alerts_changed',
  'attempts_exhausted',
  'automation_deleted',
  'channel_disabled',
  'dry_run',
  'execution_incomplete',
  'integration_deleted',
  'integration_of_another_kind',
  'integration_unavailable',
  'integration_unreadable',
  'payload_refused',
  'payload_unrenderable',
  'rate_limited',
  'secret_forbidden',
  'secret_locked',
  'secret_missing',
  'webhook_disabled',
]);

/**
 * The class of the reason of an ended execution, for counting: of few, whatever receivers answer and people name
 * things. `none` when there is no reason.
 */
export function reasonClass(reason: string | null): string {
  if (reason === null) return 'none';
  const [first = ''] = reason.split(':', 1);
  const [, hundred] = /^http_([1-5])\d\d$/.exec(first) ?? [];
  if (hundred !== undefined) return `http_${hundred}xx`;
  return CLASSES.has(first) ? first : 'other';
}

import type { Json, JsonObject } from './json.ts';

/** Everything that leaves an entry in the audit log (automations, section 1.4). */
export const AUDITED_DEEDS = [
  'alerts.changed',
  'alias.protected_changed',
  'api_key.created',
  'api_key.deleted',
  'artifact.deleted',
  'artifact.ttl_changed',
  'automation.changed',
  'automation.created',
  'automation.deleted',
  'automation.disabled',
  'automation.enabled',
  'automation.taken_over',
  'collection.changed',
  'collection.created',
  'collection.deleted',
  'execution.cancelled',
  'execution.retried',
  'execution.run_anyway',
  'executions.cancelled',
  'executions.retried',
  'executions.run_anyway',
  'instance.first_admin_created',
  'instance.master_key_rotated',
  'member.added',
  'member.invited',
  'member.invitation_withdrawn',
  'member.removed',
  'member.role_changed',
  'organization.created',
  'organization.deleted',
  'project.changed',
  'project.created',
  'project.deleted',
  'project.renamed',
  'registry.changed',
  'registry.created',
  'registry.members_changed',
  'run.changed',
  'run.deleted',
  'run.files_deleted',
  'run.rewound',
  'run.stopped',
  'secret.access_changed',
  'secret.created',
  'secret.deleted',
  'secret.rotated',
  'service_account.changed',
  'service_account.created',
  'service_account.deleted',
  'service_account.key_rotated',
  'session.began',
  'session.ended',
  'session.refused',
  'sessions.ended',
  'slack_channel.changed',
  'slack_channel.created',
  'slack_channel.deleted',
  'slack_channel.disabled',
  'slack_channel.enabled',
  'slack_channel.tested',
  'team.created',
  'team.settings_changed',
  'user.changed',
  'user.created',
  'user.deleted',
  'user.password_changed',
  'webhook.changed',
  'webhook.created',
  'webhook.deleted',
  'webhook.disabled',
  'webhook.enabled',
  'webhook.tested',
] as const;

export type AuditedDeed = (typeof AUDITED_DEEDS)[number];

/** From where a request came. */
export interface Origin {
  /** Of the client, as the trusted proxies tell it. */
  readonly address: string | null;
  /** What the client calls itself, at most {@link LONGEST_USER_AGENT} characters. */
  readonly userAgent: string | null;
  /** The key that was shown, never its text: its id and its last characters. */
  readonly apiKey: { readonly id: string; readonly hint: string } | null;
}

export const LONGEST_USER_AGENT = 200;

/** What was changed. */
export interface AuditSubject {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
}

/** One change, as it is kept and hashed; never with a secret. */
export interface AuditEntry {
  /** `0`: the installation itself. */
  readonly tenantId: string;
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly deed: AuditedDeed;
  /** `null`: the system did it, for the reason given. */
  readonly actorId: string | null;
  readonly actorName: string;
  readonly reason: string | null;
  readonly origin: JsonObject | null;
  readonly subject: AuditSubject;
  readonly before: Json;
  readonly after: Json;
}

/** Which features may read a secret (automations, section 5). */
export interface SecretAccess {
  /** Off: no webhook, whatever for. */
  readonly webhooks: boolean;
  /** The further headers of webhooks. */
  readonly headerTemplates: boolean;
}

/** What is absent stays as it is. */
export type SecretAccessPatch = { readonly [Flag in keyof SecretAccess]?: SecretAccess[Flag] | undefined };

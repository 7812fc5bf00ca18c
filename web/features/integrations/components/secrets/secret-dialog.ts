/** What is open above the list of secrets, as its address says it. */
export type SecretDialog =
  | { readonly open: 'new' }
  | { readonly open: 'replace' | 'access' | 'delete'; readonly name: string };

export type OpenSecretDialog = (dialog: SecretDialog | undefined) => void;

/** What is open above a list, as its address says it. */
export type IntegrationDialog =
  | { readonly open: 'new' }
  | { readonly open: 'edit' | 'test' | 'delete'; readonly id: string };

/** Opens another dialog, or none. */
export type OpenDialog = (dialog: IntegrationDialog | undefined) => void;

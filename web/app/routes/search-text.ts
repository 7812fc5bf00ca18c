/** The text that a list is searched for, as its address says it. */
export function searchText({ search }: Record<string, unknown>): { readonly search?: string } {
  return typeof search === 'string' && search !== '' ? { search } : {};
}

import { type Given, textsIn } from '../../lib/address-text.ts';

/** The text that a list is searched for, as its address says it. */
export function searchText(given: Given): { readonly search?: string } {
  return textsIn(given, ['search']);
}

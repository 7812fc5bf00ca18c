/** The text that a list is searched for; `undefined` when there is none. */
export function searched(text: string | undefined): string | undefined {
  const sought = text?.trim() ?? '';
  return sought === '' ? undefined : sought;
}

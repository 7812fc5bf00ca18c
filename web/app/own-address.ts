/** An address within Tripline, from a text that anybody may have written: never one of another site. */
export function ownAddress(text: string): string {
  const base = 'http://tripline.invalid';
  if (!text.startsWith('/') || !URL.canParse(text, base)) return '/';
  const { origin, pathname, search, hash } = new URL(text, base);
  return origin === base ? `${pathname}${search}${hash}` : '/';
}

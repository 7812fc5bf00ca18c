/** A part of a text: what is searched, or what stands between. */
export interface Part {
  readonly text: string;
  readonly isMatch: boolean;
}

/** A text, cut at each place where it holds another, in any case. @param wanted in small letters */
export function cutAt(text: string, wanted: string): Part[] {
  const lower = text.toLowerCase();
  // a letter may be two in small: then places in one text are none in the other
  if (wanted === '' || lower.length !== text.length) return [{ text, isMatch: false }];
  const parts: Part[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    if (at > from) parts.push({ text: text.slice(from, at), isMatch: false });
    from = at + wanted.length;
    parts.push({ text: text.slice(at, from), isMatch: true });
  }
  if (from < text.length) parts.push({ text: text.slice(from), isMatch: false });
  return parts;
}

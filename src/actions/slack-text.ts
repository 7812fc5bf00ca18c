/** Text as Slack reads it: `&`, `<` and `>` are its control characters (automations, section 4.7). */
export function escapeText(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A link with words. What would end the address, or begin the words, is percent-encoded. */
export function link(url: string, words: string): string {
  const address = url.replace(/[<>|\s]/g, (sign) => encodeURIComponent(sign)).replaceAll('&', '&amp;');
  return `<${address}|${escapeText(words)}>`;
}

/** What must stay whole when a text is cut: an escaped character, and what stands between angle brackets. */
const PIECE = /&(?:amp|lt|gt);|<[^<>]*>|[\s\S]/gu;
const ELLIPSIS = '…';

/** At most `most` units of JavaScript's strings; the last is an ellipsis when something was cut off. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  let kept = '';
  for (const [piece] of text.matchAll(PIECE)) {
    if (kept.length + piece.length + ELLIPSIS.length > most) break;
    kept += piece;
  }
  return kept + ELLIPSIS;
}

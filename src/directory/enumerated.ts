/** Names that one refusal tells. */
const MOST_NAMED = 20;

/**
 * A list as a refusal tells it: no longer than anybody reads.
 *
 * @param hidden how many more there are that are not to be named
 */
export function enumerated(names: readonly string[], hidden = 0): string {
  const others = Math.max(0, names.length - MOST_NAMED) + hidden;
  const named = names.slice(0, MOST_NAMED);
  if (others === 0) return named.join(', ');
  return named.length === 0 ? `${others} that you may not see` : `${named.join(', ')} and ${others} more`;
}

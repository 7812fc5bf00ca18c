/** Colours there are for runs: the variables `--run-0` and so on of the theme. */
export const RUN_COLOURS = 10;

/**
 * The colour of a run as CSS: the same wherever the run is shown, whatever else is shown with it. Runs share colours
 * when they are many, so a colour never stands without the run's name.
 */
export function runColour(id: string): string {
  return `var(--run-${hash(id) % RUN_COLOURS})`;
}

/** FNV-1a with a last stirring: ids that people count up, `seed-1`, `seed-2`, spread as random ones do. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (const character of text) {
    state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  return (state ^ (state >>> 13)) >>> 0;
}

/** The closing lines, for people and for scripts. */
export function closing({ pass, fail, skipped }) {
  return [
    '',
    `# tests ${pass + fail + skipped}`,
    `# pass ${pass}`,
    `# fail ${fail}`,
    `# skipped ${skipped}`,
    `${pass} passed, ${fail} failed`,
    '',
  ].join('\n');
}

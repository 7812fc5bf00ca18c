/** How many cases a property is tried with: as many as it says, or TRIPLINE_TEST_CASES for a long run. */
export function casesOf(usual: number): number {
  const asked = Number(process.env.TRIPLINE_TEST_CASES ?? '');
  return Number.isInteger(asked) && asked > 0 ? asked : usual;
}

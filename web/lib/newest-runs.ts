/** Runs that a workspace draws where nobody has chosen any, and how many one may have it draw. */
export const NEWEST = 10;
export const NEWEST_OFFERED: readonly number[] = [NEWEST, 20, 50];

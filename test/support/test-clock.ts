import { renameSync, writeFileSync } from 'node:fs';

/** The clock of a server started with TRIPLINE_TEST_CLOCK: it can be moved, so that no test sleeps. */
export interface TestClock {
  readonly file: string;
  /** Moves it forward. */
  move(milliseconds: number): void;
  /** What it shows, in milliseconds since 1970. */
  now(): number;
}

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

export function testClock(file: string): TestClock {
  let offset = 0;
  const write = () => {
    // renamed into place: a server never reads half a number
    writeFileSync(`${file}.new`, String(offset));
    renameSync(`${file}.new`, file);
  };
  write();
  return {
    file,
    move: (milliseconds) => {
      offset += milliseconds;
      write();
    },
    now: () => Date.now() + offset,
  };
}

import { after } from 'node:test';

type CleanUp = () => Promise<void> | void;

const pending: CleanUp[] = [];

// at import, thus outside of every suite: runs when the last test of the file has ended, however it ended
after(async () => {
  for (const cleanUp of pending.splice(0).reverse()) await cleanUp();
});

/** Registers what must be undone when the tests of this file are over; the last registered is undone first. */
export function onEnd(cleanUp: CleanUp): void {
  pending.push(cleanUp);
}

import { after } from 'node:test';

type CleanUp = () => Promise<void> | void;

const pending: CleanUp[] = [];

// at import, thus outside of every suite: when the last test of the process has ended, however it ended
if (/\.test\.ts$|test-together\.mjs$/.test(process.argv[1] ?? '')) after(cleanUp);

/** Registers what must be undone at the end; the last registered is undone first. */
export function onEnd(undo: CleanUp): void {
  pending.push(undo);
}

/** Undoes all that was registered. In a file of tests that happens by itself. */
export async function cleanUp(): Promise<void> {
  for (const undo of pending.splice(0).reverse()) await undo();
}

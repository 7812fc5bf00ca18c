import { after } from 'node:test';

type CleanUp = () => Promise<void> | void;

const pending: CleanUp[] = [];

/** After the last test. What is open for longer was left behind by a test or a hook that failed. */
const LEFT_OPEN_MS = 60_000;

// at import, thus outside of every suite: when the last test of the process has ended, however it ended
if (/\.test\.ts$|test-together\.mjs$/.test(process.argv[1] ?? '')) {
  after(async () => {
    await cleanUp();
    // while it waits for that, the process ends by itself as soon as nothing is open
    setTimeout(endWithWhatIsOpen, LEFT_OPEN_MS).unref();
  });
}

function endWithWhatIsOpen(): void {
  const open = [...new Set(process.getActiveResourcesInfo())];
  console.error(`still open ${LEFT_OPEN_MS / 1000} s after the last test: ${open.join(', ')}`);
  process.exit(1);
}

/** Registers what must be undone at the end; the last registered is undone first. */
export function onEnd(undo: CleanUp): void {
  pending.push(undo);
}

/** Undoes all that was registered. In a file of tests that happens by itself. */
export async function cleanUp(): Promise<void> {
  for (const undo of pending.splice(0).reverse()) await undo();
}

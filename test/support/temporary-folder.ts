import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onEnd } from './clean-up.ts';

const folders = new Set<string>();

// also when the test process is ended before its tests are
process.once('exit', () => folders.forEach(remove));

/** A new folder that is removed when the tests of this file are over. Others may pass it: a database run by root does. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tripline-test-'));
  chmodSync(folder, 0o711);
  folders.add(folder);
  onEnd(() => remove(folder));
  return folder;
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  folders.delete(folder);
}

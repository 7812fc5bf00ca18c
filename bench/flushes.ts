import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../test/support/temporary-folder.ts';

/** How often a second this disk makes 4 KiB durable. */
export function flushes(seconds: number): number {
  const file = openSync(join(temporaryFolder(), 'flush'), 'w');
  const block = Buffer.alloc(4096, 1);
  const end = performance.now() + seconds * 1000;
  let count = 0;
  for (; performance.now() < end; count += 1) {
    writeSync(file, block, 0, block.length, 0);
    fdatasyncSync(file);
  }
  closeSync(file);
  return count / seconds;
}

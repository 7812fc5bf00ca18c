import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ensurePython } from '../../scripts/python.mjs';
import { temporaryFolder } from './temporary-folder.ts';

/** A machine with the pinned client, of a person who has never used it: nobody is logged in there. */
export interface Machine {
  /** Keeps a file, as its owner would who pastes it into an editor. */
  save(name: string, text: string): void;
  /** Runs a command in its shell. @returns what it printed @throws Error when it fails, with what it said */
  run(command: string): Promise<string>;
}

/** The longest a command may take, the client's own start included. */
const WITHIN_MS = 90_000;

export function openMachine(): Machine {
  const folder = temporaryFolder();
  const ambient = Object.entries(process.env).filter(([name]) => !/^(WANDB_|PYTHON)/.test(name));
  const env = {
    ...Object.fromEntries(ambient),
    HOME: folder,
    PATH: [dirname(ensurePython()), process.env.PATH].join(delimiter),
    // the client sends crash reports to its makers otherwise
    WANDB_ERROR_REPORTING: 'false',
    NO_PROXY: '127.0.0.1',
  };
  return {
    save: (name, text) => writeFileSync(join(folder, name), text),
    run: async (command) => {
      const options = { cwd: folder, env, timeout: WITHIN_MS };
      const { stdout, stderr } = await promisify(execFile)('bash', ['-c', command], options);
      return stdout + stderr;
    },
  };
}

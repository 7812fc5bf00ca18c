import { close, fsync, open } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { whenAllEnd } from './when-all-end.ts';

/** As many as two tenants have; the one that was needed longest ago makes room for a further one. */
const MOST_OPEN = 256;

/** Folders whose new names are put on disk, again and again: they stay open, and who waits for one waits together. */
export class SyncedFolders {
  readonly #open = new Map<string, OpenFolder>();

  /** Makes a folder in a folder that may be new too; when this resolves the names of both are on disk. */
  async make(path: string): Promise<void> {
    await mkdir(path, { recursive: true });
    // one that was open before is no more what has this name
    await this.#forget(path);
    await whenAllEnd([dirname(path), dirname(dirname(path))].map((folder) => this.sync(folder)));
  }

  /** When this resolves, all names are on disk that the folder has now. */
  async sync(path: string): Promise<void> {
    const folder = this.#open.get(path) ?? new OpenFolder(path);
    // the last one is the one that was needed last
    this.#open.delete(path);
    this.#open.set(path, folder);
    const [oldest = path] = this.#open.keys();
    if (this.#open.size > MOST_OPEN) void this.#forget(oldest);
    try {
      await folder.sync();
    } catch (error) {
      if (this.#open.get(path) === folder) await this.#forget(path);
      throw error;
    }
  }

  async #forget(path: string): Promise<void> {
    const folder = this.#open.get(path);
    this.#open.delete(path);
    await folder?.close();
  }
}

const [openPath, syncOpen, closeOpen] = [promisify(open), promisify(fsync), promisify(close)];

class OpenFolder {
  readonly #descriptor: Promise<number>;
  #running: Promise<unknown>;
  #next: Promise<void> | undefined;

  constructor(path: string) {
    this.#descriptor = openPath(path, 'r');
    this.#running = this.#descriptor;
  }

  /** The one that runs may have begun before a name was there: whoever comes meanwhile waits for the next. */
  sync(): Promise<void> {
    this.#next ??= this.#running.then(() => this.#begin());
    return this.#next;
  }

  async #begin(): Promise<void> {
    const descriptor = await this.#descriptor;
    this.#next = undefined;
    const running = syncOpen(descriptor);
    this.#running = running;
    await running;
  }

  /** When nobody waits for it any more. */
  async close(): Promise<void> {
    await Promise.allSettled([this.#next, this.#running]);
    await this.#descriptor.then(closeOpen, () => {});
  }
}

import { useSyncExternalStore } from 'react';

const EVERY_MS = 3_000;
/** What a proxy answers in place of a server that is away. */
export const AWAY: ReadonlySet<number> = new Set([502, 503, 504]);

let isAway = false;
const listeners = new Set<() => void>();

/** Has it told that the server cannot be reached, until it can. */
export function tellAway(): void {
  if (isAway) return;
  setAway(true);
  void untilReached().then(() => setAway(false));
}

/** Waits for as long as the server cannot be reached. */
export async function untilReached(): Promise<void> {
  while (!(await isReached())) await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
}

/** Whether the server answers, be it to refuse. */
export async function isReached(): Promise<boolean> {
  try {
    const { status } = await fetch('/', { method: 'HEAD', headers: { 'cache-control': 'no-cache' } });
    return !AWAY.has(status);
  } catch {
    return false;
  }
}

export function useIsAway(): boolean {
  return useSyncExternalStore(subscribe, () => isAway);
}

function setAway(next: boolean): void {
  isAway = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

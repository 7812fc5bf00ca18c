import { useSyncExternalStore } from 'react';

/** Whether the page is told of changes as they happen. `off` where it shows nothing that changes, or nobody looks. */
export type LiveState = 'off' | 'live' | 'reconnecting';

/** What is asked again by itself while nobody tells what changed is asked so seldom while somebody does. */
const SELDOM_MS = 60_000;

let state: LiveState = 'off';
const listeners = new Set<() => void>();

export function setLiveState(next: LiveState): void {
  if (next === state) return;
  state = next;
  for (const listener of listeners) listener();
}

export function isLive(): boolean {
  return state === 'live';
}

/** How often to look again at what changes: a net below the connection that tells of it. */
export function unlessLive(milliseconds: number): number {
  return isLive() ? SELDOM_MS : milliseconds;
}

export function useLiveState(): LiveState {
  return useSyncExternalStore(subscribe, () => state);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

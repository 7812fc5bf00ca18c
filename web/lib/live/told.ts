import { useEffect, useState } from 'react';
import type { LiveKind } from './messages.ts';

const listeners = new Set<(kinds: readonly LiveKind[]) => void>();

/** Passes on what the server told. */
export function tellKinds(kinds: readonly LiveKind[]): void {
  for (const listener of listeners) listener(kinds);
}

/** Whether the server has told of something of a kind since this was first shown. */
export function useTold(kind: LiveKind): boolean {
  const [isTold, setTold] = useState(false);
  useEffect(() => {
    const listener = (kinds: readonly LiveKind[]) => {
      if (kinds.includes(kind)) setTold(true);
    };
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, [kind]);
  return isTold;
}

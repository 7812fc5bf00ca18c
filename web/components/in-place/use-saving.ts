import { useState } from 'react';
import { messageOf } from '../../lib/api/api-error.ts';

interface Saving<Value> {
  readonly isPending: boolean;
  /** Why it was refused. */
  readonly fault: string | undefined;
  readonly start: (value: Value) => void;
}

/** Saves something where it stands: a refusal is told there. */
export function useSaving<Value>(save: (value: Value) => Promise<unknown>, onDone: () => void): Saving<Value> {
  const [isPending, setPending] = useState(false);
  const [fault, setFault] = useState<string>();
  const start = (value: Value): void => {
    setPending(true);
    save(value)
      .then(onDone, (error: unknown) => setFault(messageOf(error)))
      .finally(() => setPending(false));
  };
  return { isPending, fault, start };
}

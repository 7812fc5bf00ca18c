import { useEffect } from 'react';
import { connection } from './connection.ts';
import { type LiveSubject, liveAddress } from './subject.ts';

let shown: string | undefined;

/**
 * Has the page told of what changes in what it shows: queries whose `meta.live` names it are read again. Once on a
 * page; one that follows with the same subject takes the connection over.
 */
export function useLive(subject: LiveSubject): void {
  const address = liveAddress(subject);
  useEffect(() => {
    shown = address;
    connection.listenTo(address);
    return () => {
      shown = undefined;
      // the next page says in the same turn what it shows
      queueMicrotask(() => connection.listenTo(shown));
    };
  }, [address]);
}

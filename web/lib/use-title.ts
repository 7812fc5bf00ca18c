import { useEffect } from 'react';

/** Names the page in the browser's tab and history, most particular first. */
export function useTitle(...parts: readonly string[]): void {
  const title = [...parts, 'Tripline'].join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}

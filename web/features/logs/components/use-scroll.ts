import { type RefObject, useLayoutEffect, useState } from 'react';

/** How a box is scrolled. */
export interface Scrolled {
  /** Pixels above what is seen. */
  readonly top: number;
  /** Pixels that are seen. */
  readonly seen: number;
}

/** Follows how a box is scrolled, and how tall it is. */
export function useScroll(box: RefObject<HTMLElement | null>): Scrolled {
  const [scrolled, setScrolled] = useState<Scrolled>({ top: 0, seen: 0 });
  useLayoutEffect(() => {
    const { current } = box;
    if (current === null) return;
    const look = () => setScrolled({ top: current.scrollTop, seen: current.clientHeight });
    const observer = new ResizeObserver(look);
    observer.observe(current);
    current.addEventListener('scroll', look, { passive: true });
    look();
    return () => {
      observer.disconnect();
      current.removeEventListener('scroll', look);
    };
  }, [box]);
  return scrolled;
}

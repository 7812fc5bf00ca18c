import { useLocation } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import styles from './page-tabs.module.css';

interface PageTabsProps {
  /** What they are parts of. */
  readonly label: string;
  /** A link for each part. */
  readonly children: ReactNode;
}

/** The way between the parts of something. On a narrow screen the open one is moved into sight. */
export function PageTabs({ label, children }: PageTabsProps) {
  const nav = useRef<HTMLElement>(null);
  const path = useLocation({ select: ({ pathname }) => pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another path opens another part
  useEffect(() => {
    const open = nav.current?.querySelector<HTMLElement>('[data-status="active"]');
    if (nav.current !== null && open != null) nav.current.scrollLeft = open.offsetLeft - nav.current.offsetLeft;
  }, [path]);
  return (
    <nav ref={nav} className={styles.tabs} aria-label={label}>
      {children}
    </nav>
  );
}

import { Burger, Drawer, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { Key } from '../../components/key.tsx';
import { Mark } from '../../components/mark.tsx';
import { UserMenu } from '../../features/account/components/user-menu.tsx';
import { openPalette, PaletteDoor } from '../palette/palette-door.tsx';
import { AwayNote } from './away-note.tsx';
import { Breadcrumbs } from './breadcrumbs.tsx';
import { LiveMark } from './live-mark.tsx';
import { Navigation } from './navigation.tsx';
import styles from './shell.module.css';

/** What stands around every page: the way to everywhere, and where one is. */
export function Shell() {
  const [opened, { toggle, close }] = useDisclosure(false);
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        Skip to content
      </a>
      <aside className={styles.side}>
        <Side onLeave={close} />
      </aside>
      <Drawer
        opened={opened}
        onClose={close}
        size={280}
        withCloseButton={false}
        title="Navigation"
        classNames={{ header: styles.drawerHead ?? '', body: styles.drawerBody ?? '' }}
      >
        <Side onLeave={close} />
      </Drawer>
      <div id="scrolled" className={styles.main} data-scroll-restoration-id="scrolled">
        <nav className={styles.bar} aria-label="Where you are">
          <Burger className={styles.burger} opened={opened} onClick={toggle} size="sm" aria-label="Navigation" />
          <Breadcrumbs />
          <LiveMark />
        </nav>
        <AwayNote />
        <main id="content" className={styles.content} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <PaletteDoor />
    </div>
  );
}

/** @param onLeave when another page or the palette opens: a drawer closes */
function Side({ onLeave }: { readonly onLeave: () => void }) {
  const seek = () => {
    onLeave();
    void openPalette();
  };
  return (
    <div className={styles.column}>
      <Link to="/" className={styles.brand} onClick={onLeave}>
        <Mark />
        Tripline
      </Link>
      <UnstyledButton className={styles.search} onClick={seek}>
        <Search size={15} aria-hidden />
        <span>Go to …</span>
        <Key>{/Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘ K' : 'Ctrl K'}</Key>
      </UnstyledButton>
      <Navigation onLeave={onLeave} />
      <UserMenu />
    </div>
  );
}

import { Link } from '@tanstack/react-router';
import { Archive, House, type LucideIcon, Zap } from 'lucide-react';
import { EntityMark } from '../../components/entity-mark.tsx';
import { useViewer } from '../../features/account/api/use-viewer.ts';
import styles from './navigation.module.css';

const PLACES = [
  { to: '/', label: 'Home', icon: House },
  { to: '/automations', label: 'Automations', icon: Zap },
  { to: '/registries', label: 'Registries', icon: Archive },
] as const satisfies readonly { to: string; label: string; icon: LucideIcon }[];

/** Teams before organizations, one's own entity last. */
const ORDER = ['team', 'organization', 'personal'] as const;
const TITLES = { team: 'Teams', organization: 'Organizations', personal: 'Yours' } as const;

/** The way to everywhere. */
export function Navigation({ onLeave }: { readonly onLeave: () => void }) {
  const { entities } = useViewer();
  return (
    <nav className={styles.nav} aria-label="Main">
      <ul className={styles.list}>
        {PLACES.map(({ to, label, icon: Icon }) => (
          <li key={to}>
            <Link to={to} className={styles.link} activeOptions={{ exact: to === '/' }} onClick={onLeave}>
              <Icon size={17} strokeWidth={1.75} aria-hidden />
              {label}
            </Link>
          </li>
        ))}
      </ul>
      {ORDER.map((kind) => {
        const names = entities.filter((each) => each.kind === kind).map(({ name }) => name);
        return (
          names.length > 0 && <Entities key={kind} title={TITLES[kind]} names={names.toSorted()} onLeave={onLeave} />
        );
      })}
    </nav>
  );
}

interface EntitiesProps {
  readonly title: string;
  readonly names: readonly string[];
  readonly onLeave: () => void;
}

function Entities({ title, names, onLeave }: EntitiesProps) {
  return (
    <>
      <h2 className={styles.title}>{title}</h2>
      <ul className={styles.list}>
        {names.map((entity) => (
          <li key={entity}>
            <Link to="/$entity" params={{ entity }} className={styles.link} onClick={onLeave}>
              <EntityMark name={entity} />
              <span className={styles.name}>{entity}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

import { CloudOff } from 'lucide-react';
import { useIsAway } from '../../lib/reach.ts';
import styles from './away-note.module.css';

/** Says that the server cannot be reached, for as long as that is so. */
export function AwayNote() {
  const isAway = useIsAway();
  return (
    <div role="status" className={styles.place}>
      {isAway && (
        <p className={styles.note}>
          <CloudOff size={15} aria-hidden />
          <span>
            <b>Tripline cannot be reached.</b> It is tried again every few seconds; until then you see what was read
            before.
          </span>
        </p>
      )}
    </div>
  );
}

import styles from './entity-mark.module.css';

const HUES = 6;

/** The initial of an entity on a colour that stays its own. */
export function EntityMark({ name, round = false }: { readonly name: string; readonly round?: boolean }) {
  const hue = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % HUES;
  return (
    <span className={styles.mark} data-hue={hue} data-round={round} aria-hidden>
      {name.charAt(0).toUpperCase()}
    </span>
  );
}

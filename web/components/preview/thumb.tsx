import styles from './preview.module.css';

/** A picture in a cell of a table. */
export function Thumb({ path, url }: { readonly path: string; readonly url: string }) {
  return <img className={styles.thumb} src={url} alt={path} loading="lazy" />;
}

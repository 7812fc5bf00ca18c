import styles from './json-block.module.css';

interface JsonBlockProps {
  readonly label: string;
  readonly value: unknown;
}

/** A value, or the text of one, line by line; a text that is no JSON as it is. */
export function JsonBlock({ label, value }: JsonBlockProps) {
  return (
    <figure className={styles.block}>
      <figcaption className={styles.label}>{label}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <pre className={styles.text} tabIndex={0}>
        {typeof value === 'string' ? pretty(value) : JSON.stringify(value, null, 2)}
      </pre>
    </figure>
  );
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

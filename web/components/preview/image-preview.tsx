import { useState } from 'react';
import { Note } from './note.tsx';
import styles from './preview.module.css';

/** Bytes: a larger picture is only downloaded. */
const LARGEST = 32 * 1024 * 1024;

/** A picture: a browser runs nothing of it. */
export function ImagePreview({
  name,
  size,
  url,
}: {
  readonly name: string;
  readonly size: number;
  readonly url: string;
}) {
  const [isBroken, setBroken] = useState(false);
  if (size > LARGEST) return <Note>This picture is too large to be shown here. Download it to look at it.</Note>;
  if (isBroken) return <Note>The browser cannot show this picture.</Note>;
  return (
    <div className={styles.picture}>
      <img src={url} alt={name} onError={() => setBroken(true)} />
    </div>
  );
}

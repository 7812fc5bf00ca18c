import { Fragment, type ReactNode } from 'react';
import styles from './trial.module.css';

/** Marks of Slack's own: `<…>` and code first, in which no other means anything. */
const MARKS = /<[^<>\n]+>|`[^`\n]+`|(?<!\w)(?:\*[^*\n]+\*|_[^_\n]+_|~[^~\n]+~)(?!\w)/g;

/** A text in Slack's own marks: bold, italic, struck, code, links and mentions. */
export function Mrkdwn({ text }: { readonly text: string }) {
  const parts: ReactNode[] = [];
  let from = 0;
  for (const match of text.matchAll(MARKS)) {
    parts.push(plain(text.slice(from, match.index)), marked(match[0]));
    from = match.index + match[0].length;
  }
  parts.push(plain(text.slice(from)));
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a part is nothing but its place in the text
    <Fragment key={index}>{part}</Fragment>
  ));
}

function marked(written: string): ReactNode {
  const inner = written.slice(1, -1);
  switch (written[0]) {
    case '`':
      return <code>{plain(inner)}</code>;
    case '*':
      return (
        <b>
          <Mrkdwn text={inner} />
        </b>
      );
    case '_':
      return (
        <i>
          <Mrkdwn text={inner} />
        </i>
      );
    case '~':
      return (
        <s>
          <Mrkdwn text={inner} />
        </s>
      );
    default:
      return reference(inner);
  }
}

/** `https://…|words`, `@U123`, `!channel`. Nothing here leads anywhere: it is a picture. */
function reference(inner: string): ReactNode {
  const [target = '', words] = inner.split('|', 2);
  const isMention = /^[@!#]/.test(target);
  const shown = words ?? (isMention ? `@${target.slice(1)}` : target);
  return <span className={isMention ? styles.mention : styles.link}>{plain(shown)}</span>;
}

function plain(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

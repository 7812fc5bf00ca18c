import MarkdownToJsx, { type MarkdownToJSX } from 'markdown-to-jsx/react';
import type { ReactNode } from 'react';

/** Addresses of pages, and of persons; others could do something here. */
const LEADS_AWAY = /^(?:https?:\/\/|mailto:)/i;

interface LinkProps {
  readonly href?: string;
  readonly children?: ReactNode;
}

function Link({ href, children }: LinkProps) {
  if (href === undefined || !LEADS_AWAY.test(href)) return children;
  return (
    <a href={href} target="_blank" rel="noreferrer noopener nofollow">
      {children}
    </a>
  );
}

function Picture({ src, alt }: { readonly src?: string; readonly alt?: string }) {
  return <Link {...(src === undefined ? {} : { href: src })}>{alt || src}</Link>;
}

/** The page has the first heading, and ids of its own. */
function heading(Tag: 'h2' | 'h3' | 'h4' | 'h5' | 'h6') {
  return ({ children }: { readonly children?: ReactNode }) => <Tag>{children}</Tag>;
}

/** Nobody ticks it here: it is a sign in a text. */
function Tick({ checked }: { readonly checked?: boolean }) {
  return checked ? '☑' : '☐';
}

/** No HTML of the writer's is used, and nothing of other servers is loaded: a picture is a link to it. */
const OPTIONS: MarkdownToJSX.Options = {
  disableParsingRawHTML: true,
  forceBlock: true,
  overrides: {
    h1: heading('h2'),
    h2: heading('h3'),
    h3: heading('h4'),
    h4: heading('h5'),
    h5: heading('h6'),
    h6: heading('h6'),
    // what scrolls must be reached by keyboard
    pre: { props: { tabIndex: 0 } },
    th: { props: { scope: 'col' } },
    a: Link,
    img: Picture,
    input: Tick,
  },
};

export default function LaidOut({ text }: { readonly text: string }) {
  return <MarkdownToJsx options={OPTIONS}>{text}</MarkdownToJsx>;
}

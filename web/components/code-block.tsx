import { Button, CopyButton } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './code-block.module.css';

interface CodeBlockProps {
  readonly code: string;
  /** What the button says before it has copied. */
  readonly label: string;
  /** Beside the button, for instance what the file is called. */
  readonly title?: ReactNode;
}

/** Several lines to be copied. */
export function CodeBlock({ code, label, title }: CodeBlockProps) {
  return (
    <div className={styles.block}>
      <div className={styles.head}>
        <span className={styles.title}>{title}</span>
        <CopyButton value={code} timeout={2000}>
          {({ copied, copy }) => (
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              leftSection={copied ? <Check size={14} /> : <Copy size={14} />}
              onClick={copy}
            >
              {copied ? 'Copied' : label}
            </Button>
          )}
        </CopyButton>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <pre tabIndex={0}>{code}</pre>
    </div>
  );
}

import { Button, CopyButton, Group, Stack } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import type { Automation } from '../../api/list-automations.ts';
import styles from './details.module.css';
import { pythonCode } from './python-code.ts';

/** The same automation as a script for the wandb client. */
export function CodePanel({ automation }: { readonly automation: Automation }) {
  const code = pythonCode(automation);
  return (
    <Stack gap="sm">
      <Group justify="flex-end">
        <CopyButton value={code} timeout={2000}>
          {({ copied, copy }) => (
            <Button
              size="xs"
              variant="default"
              leftSection={copied ? <Check size={14} /> : <Copy size={14} />}
              onClick={copy}
            >
              {copied ? 'Copied' : 'Copy Python'}
            </Button>
          )}
        </CopyButton>
      </Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <pre className={styles.code} tabIndex={0}>
        {code}
      </pre>
    </Stack>
  );
}

import { CodeBlock } from '../../../../components/code-block.tsx';
import type { Automation } from '../../api/list-automations.ts';
import { pythonCode } from './python-code.ts';

/** The same automation as a script for the wandb client. */
export function CodePanel({ automation }: { readonly automation: Automation }) {
  return <CodeBlock code={pythonCode(automation)} label="Copy Python" />;
}

import { Stack } from '@mantine/core';
import { CodeBlock } from '../../../../components/code-block.tsx';
import type { VersionAddress } from '../../api/get-version.ts';

/** How a version is used in Python: in a run, which notes it in its lineage, or without one. */
export function Usage({ entity, project, collection, version }: VersionAddress) {
  const name = JSON.stringify(`${entity}/${project}/${collection}:${version}`);
  return (
    <Stack gap="sm">
      <CodeBlock
        title="In a run"
        label="Copy"
        code={`import wandb\n\nwith wandb.init() as run:\n    artifact = run.use_artifact(${name})\n    path = artifact.download()`}
      />
      <CodeBlock
        title="Without a run"
        label="Copy"
        code={`import wandb\n\nartifact = wandb.Api().artifact(${name})\npath = artifact.download()`}
      />
    </Stack>
  );
}

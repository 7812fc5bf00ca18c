import { CodeBlock } from '../../../../components/code-block.tsx';
import type { ArtifactCollection } from '../../api/list-collections.ts';
import type { CollectionAddress } from '../../api/list-versions.ts';

interface NewVersionCodeProps {
  readonly address: CollectionAddress;
  readonly collection: Pick<ArtifactCollection, 'kind' | 'type'>;
}

/** How the next version comes into a collection, in Python. */
export function NewVersionCode({ address, collection: { kind, type } }: NewVersionCodeProps) {
  const { entity, project, collection } = address;
  const text = JSON.stringify;
  const begin = `import wandb\n\n`;
  const code =
    kind === 'sequence'
      ? `${begin}with wandb.init(entity=${text(entity)}, project=${text(project)}) as run:
    artifact = wandb.Artifact(${text(collection)}, type=${text(type)})
    artifact.add_file("model.pt")
    run.log_artifact(artifact, aliases=["candidate"])`
      : `${begin}artifact = wandb.Api().artifact("TEAM/PROJECT/NAME:latest")
artifact.link(${text(`${entity}/${project}/${collection}`)}, aliases=["candidate"])`;
  return <CodeBlock title={kind === 'sequence' ? 'Log the next version' : 'Link a version'} label="Copy" code={code} />;
}

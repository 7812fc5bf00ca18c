import type { CapturedArtifactEvent } from './artifact-events.ts';
import type { CapturedCollection, CapturedVersion } from './artifact-subject.ts';

/** Examples for tests. */
export const COLLECTION: CapturedCollection = {
  entity: 'acme',
  project: 'wandb-registry-model',
  registry: 'model',
  name: 'cats',
  kind: 'portfolio',
  artifactType: 'model',
  tags: ['public'],
  url: 'https://host/acme/wandb-registry-model/artifacts/model/cats',
};

export const VERSION: CapturedVersion = {
  collection: COLLECTION,
  id: 'QXJ0aWZhY3Q6Mg==',
  index: 4,
  aliases: ['latest', 'prod'],
  tags: ['good', 'small'],
  digest: 'abc',
  size: 2048,
  metadata: { auc: 0.91, eval: { loss: 0.1 }, note: 'x","admin":true,"y":"' },
  sourceRun: { id: 'r1', displayName: 'fancy-moon-1', config: { lr: 0.1 }, summary: { acc: 0.9 } },
  url: 'https://host/acme/wandb-registry-model/artifacts/model/cats/v4',
};

const about = { author: 'ann', version: VERSION };
const ofCollection = { author: 'ann', collection: COLLECTION, tag: 'public' };

/** One of each type. */
export const ARTIFACT_EVENTS = {
  CREATE_ARTIFACT: { type: 'CREATE_ARTIFACT', ...about },
  LINK_MODEL: { type: 'LINK_MODEL', ...about },
  UNLINK_ARTIFACT: { type: 'UNLINK_ARTIFACT', ...about },
  ADD_ARTIFACT_ALIAS: { type: 'ADD_ARTIFACT_ALIAS', ...about, alias: 'prod', previousVersion: 3 },
  ADD_ARTIFACT_TAG: { type: 'ADD_ARTIFACT_TAG', ...about, tag: 'good' },
  REMOVE_ARTIFACT_TAG: { type: 'REMOVE_ARTIFACT_TAG', ...about, tag: 'old' },
  ADD_COLLECTION_TAG: { type: 'ADD_COLLECTION_TAG', ...ofCollection },
  REMOVE_COLLECTION_TAG: { type: 'REMOVE_COLLECTION_TAG', ...ofCollection, tag: 'secret' },
} as const satisfies {
  readonly [Type in CapturedArtifactEvent['type']]: CapturedArtifactEvent & { readonly type: Type };
};

import type { ExplainRoom } from '../../src/automations/room.ts';
import { DEFAULT_FLOOD_LIMITS } from '../../src/engine/flood-limit.ts';
import type { Ground } from '../../src/store/ground.ts';

/** What questions about automations are answered from. */
export function explainRoom(ground: Ground): ExplainRoom {
  return {
    ground,
    floodLimits: DEFAULT_FLOOD_LIMITS,
    columnsWanted: () => {},
    runUrl: (entity, project, run) => `http://tripline.test/${entity}/${project}/runs/${run}`,
    artifactUrl: (entity, project, type, collection, version) =>
      `http://tripline.test/${entity}/${project}/artifacts/${type}/${collection}${version === null ? '' : `/v${version}`}`,
  };
}

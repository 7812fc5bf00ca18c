import type { FloodLimits } from '../engine/flood-limit.ts';
import type { Ground } from '../store/ground.ts';
import type { ColumnsWanted } from '../store/history-columns.ts';
import type { PageUrls } from '../store/page-urls.ts';

/** What the deeds that explain automations stand on. */
export interface ExplainRoom extends PageUrls {
  readonly ground: Ground;
  /** How often one automation may fire. */
  readonly floodLimits: FloodLimits;
  /** Asks for columns of history that had to be read line by line. */
  readonly columnsWanted: ColumnsWanted;
}

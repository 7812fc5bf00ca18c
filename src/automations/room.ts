import type { Ground } from '../store/ground.ts';
import type { ColumnsWanted } from '../store/history-columns.ts';
import type { PageUrls } from '../store/page-urls.ts';

/** What the deeds that explain automations stand on. */
export interface ExplainRoom {
  readonly ground: Ground;
  readonly urls: PageUrls;
  /** Asks for columns of history that had to be read line by line. */
  readonly columnsWanted: ColumnsWanted;
}

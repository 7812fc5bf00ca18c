import type { Execution } from '../api/list-executions.ts';

/** The address here of what an execution is about, as it was called then; the server may be known under another name. */
export function pageOf({ kind, path, url }: Execution['subject']): string | undefined {
  if (url !== null && URL.canParse(url)) return new URL(url).pathname;
  const [entity, project, run] = path?.split('/') ?? [];
  return kind === 'run' && run !== undefined ? `/${entity}/${project}/runs/${run}` : undefined;
}

import type { CapturedRun } from '../events/run-subject.ts';
import { plainConfig } from '../events/run-subject.ts';
import { objectOf } from '../model/json.ts';
import { uncleanJson } from '../model/loose-json.ts';
import type { PageUrls } from './page-urls.ts';
import type { RunHead } from './run-heads.ts';
import type { RunSubject } from './run-subjects.ts';

/** The run as filters see it and events keep it: everything a payload may name, as it is at this moment. */
export function captureRun(room: Pick<PageUrls, 'runUrl'>, subject: RunSubject, head: RunHead): CapturedRun {
  const { run } = subject;
  return {
    id: run.name,
    displayName: run.displayName,
    entity: subject.entity,
    project: subject.project,
    author: subject.username,
    tags: run.tags,
    group: run.group,
    jobType: run.jobType,
    sweep: run.sweep,
    notes: run.notes,
    host: run.host,
    config: plainConfig(objectOf(uncleanJson(run.config))),
    summary: objectOf(uncleanJson(subject.summary)),
    createdAt: new Date(run.createdAt).toISOString(),
    state: head.state,
    heartbeatAt: head.heartbeatAt === null ? null : new Date(head.heartbeatAt).toISOString(),
    url: room.runUrl(subject.entity, subject.project, run.name),
  };
}

import type { PastFiring } from '../engine/backtest-report.ts';
import { versionString } from '../events/artifact-subject.ts';
import type { CapturedEvent } from '../events/index.ts';

/** What an event was about, and what happened, for people. */
export function told(captured: CapturedEvent): Pick<PastFiring, 'subject' | 'run' | 'words'> {
  if (captured.type === 'RUN_STATE') {
    const { entity, project, displayName, id } = captured.run;
    return { subject: `${entity}/${project}/${displayName}`, run: id, words: `became ${captured.exactState}` };
  }
  if ('metric' in captured) {
    const { entity, project, displayName, id } = captured.run;
    return { subject: `${entity}/${project}/${displayName}`, run: id, words: captured.metric.status };
  }
  if ('version' in captured) {
    const { collection, index } = captured.version;
    return { subject: versionString(collection, index), run: null, words: worded(captured) };
  }
  if (!('collection' in captured)) return { subject: '', run: null, words: captured.type };
  const { entity, project, name } = captured.collection;
  return { subject: `${entity}/${project}/${name}`, run: null, words: worded(captured) };
}

function worded(captured: CapturedEvent): string {
  if ('alias' in captured) return `${captured.type} ${captured.alias}`;
  return 'tag' in captured ? `${captured.type} ${captured.tag}` : captured.type;
}

import { Button } from '@mantine/core';
import { Link, useLocation, useParams } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { Empty } from '../../components/empty.tsx';
import { ProjectFrame } from './project-frame.tsx';

/** What W&B has and Tripline has not, each with the way that there is here. */
const ELSEWHERE: Readonly<Record<string, readonly [title: string, words: string]>> = {
  sweeps: [
    'Sweeps are not part of Tripline',
    'Runs of a sweep, or of an optimizer of your own, are logged here like all others: their group and their config say what belongs together, and automations can watch them.',
  ],
  reports: [
    'Reports are not part of Tripline',
    'What runs have come to is on their pages and in the table of the project, whose addresses can be sent to others.',
  ],
  jobs: [
    'Launch is not part of Tripline',
    'Whatever starts your training can be called by an automation: a webhook hands it what it needs to know.',
  ],
};
const SAME: Readonly<Record<string, string>> = { reportlist: 'reports', launch: 'jobs' };

/** Where an address of W&B leads to something that Tripline does not have. */
export function ElsewherePage() {
  const { entity = '', project = '' } = useParams({ strict: false });
  const part = useLocation({ select: ({ pathname }) => pathname.split('/')[3] ?? '' });
  const [title, words] = ELSEWHERE[SAME[part] ?? part] ?? ['This is not part of Tripline', ''];
  const runs = (
    <Button
      variant="default"
      renderRoot={(props) => <Link to="/$entity/$project" params={{ entity, project }} {...props} />}
    >
      To the runs of {project}
    </Button>
  );
  return (
    <ProjectFrame entity={entity} project={project} part={title}>
      <Empty icon={Compass} title={title} action={runs}>
        {words}
      </Empty>
    </ProjectFrame>
  );
}

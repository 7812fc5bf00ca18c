import { Button } from '@mantine/core';
import type { ExecutionDetails } from '../api/get-execution.ts';
import { useSteerExecution } from '../api/steer-execution.ts';
import { DEEDS } from './deed-words.ts';

/** What the viewer can do to an execution as it stands. */
export function DeedButtons({ execution }: { readonly execution: ExecutionDetails }) {
  const steering = useSteerExecution(execution);
  return execution.maySteer.map((deed) => {
    const { one, icon: Icon } = DEEDS[deed];
    return (
      <Button
        key={deed}
        variant={deed === 'cancel' ? 'default' : 'filled'}
        leftSection={<Icon size={15} aria-hidden />}
        loading={steering.isPending && steering.variables === deed}
        disabled={steering.isPending}
        onClick={() => steering.mutate(deed)}
      >
        {one}
      </Button>
    );
  });
}

import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CommandLine } from '../../../components/command-line.tsx';
import { Facts } from '../../../components/facts.tsx';
import { Section } from '../../../components/page.tsx';
import type { RunDetails } from '../../../lib/api/generated.ts';
import { bytesText } from '../../../lib/bytes.ts';
import type { RunPlace } from '../../../lib/metric-history.ts';
import { type Machine, machineQuery } from '../api/get-machine.ts';

interface MachineFactsProps {
  readonly place: RunPlace;
  readonly run: RunDetails;
}

/** Where a run is at work and by which command, as its client tells it; nothing where that told nothing. */
export function MachineFacts({ place, run }: MachineFactsProps) {
  const { data } = useQuery(machineQuery(place));
  const machine = data ?? {};
  const commit = run.commit ?? machine.git?.commit;
  const facts = [
    ['Host', machine.host ?? run.host],
    ['System', machine.os],
    ['Python', machine.python],
    ['Processors', processors(machine)],
    ['Memory', machine.memory?.total === undefined ? undefined : bytesText(Number(machine.memory.total))],
    ['GPU', gpus(machine)],
    ['CUDA', machine.cudaVersion],
    ['Docker image', machine.docker],
    ['User', machine.email ?? machine.username],
    ['Folder', machine.root],
    ['Git repository', machine.git?.remote ?? run.repo],
    ['Git commit', commit && <code key="commit">{commit.slice(0, 12)}</code>],
  ] as const;
  const command = commandOf(machine);
  if (facts.every(([, value]) => value === undefined || value === null)) return null;
  return (
    <Section title="Machine">
      <Stack gap="sm">
        {command !== undefined && <CommandLine text={command} label="Copy the command" />}
        <Facts facts={facts} />
      </Stack>
    </Section>
  );
}

function processors({ cpu_count: cores, cpu_count_logical: threads }: Machine): string | undefined {
  if (cores === undefined) return undefined;
  return threads === undefined || threads === cores ? String(cores) : `${cores}, ${threads} threads`;
}

function gpus({ gpu, gpu_count: many = 1 }: Machine): string | undefined {
  return gpu === undefined || many < 2 ? gpu : `${many} × ${gpu}`;
}

/** As somebody would type it. */
function commandOf({ program, codePath, args = [] }: Machine): string | undefined {
  const script = codePath || program;
  if (script === undefined || script === '') return undefined;
  return ['python', script, ...args].map((part) => (/^[\w./:=@%+,-]+$/.test(part) ? part : quoted(part))).join(' ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

import { Link } from '@tanstack/react-router';
import { CodeBlock } from '../../../components/code-block.tsx';
import { CommandLine } from '../../../components/command-line.tsx';
import { PROJECT, type Progress } from '../api/progress.ts';
import { RUN_FILE, runScript } from './scripts.ts';
import { Step } from './step.tsx';

interface RunStepProps {
  readonly entity: string;
  readonly run: Progress['run'];
  readonly isNext: boolean;
}

/** The first run: a script that needs nothing but the client. */
export function RunStep({ entity, run, isNext }: RunStepProps) {
  return (
    <Step
      number={2}
      title="Log a run"
      lead="A small script that needs no other library. Yours runs the same way, as it is."
      seen={
        run && (
          <>
            <Link to="/$entity/$project/runs/$run" params={{ entity, project: PROJECT, run: run.id }}>
              {run.name}
            </Link>{' '}
            is here, {run.state}
          </>
        )
      }
      waiting="Waiting for a run"
      isNext={isNext}
    >
      <CodeBlock code={runScript(entity)} label="Copy Python" title={RUN_FILE} />
      <CommandLine text={`python ${RUN_FILE}`} label="Copy the command" />
    </Step>
  );
}

interface FireStepProps {
  readonly execution: Progress['execution'];
  readonly isNext: boolean;
}

/** The same script once more, now that somebody watches. */
export function FireStep({ execution, isNext }: FireStepProps) {
  return (
    <Step
      number={4}
      title="Watch it fire"
      lead="Run the script once more. The moment the loss falls below the line, it shows here."
      seen={
        execution && (
          <>
            {execution.automation?.name} fired:{' '}
            <Link to="/executions/$id" params={{ id: execution.id }}>
              see why, and what it did
            </Link>
          </>
        )
      }
      waiting="Waiting for it to fire"
      isNext={isNext}
    >
      <CommandLine text={`python ${RUN_FILE}`} label="Copy the command" />
    </Step>
  );
}

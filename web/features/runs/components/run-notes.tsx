import { EditableText } from '../../../components/in-place/editable-text.tsx';
import { Markdown } from '../../../components/markdown/markdown.tsx';
import { Section } from '../../../components/page.tsx';
import type { RunDetails } from '../../../lib/api/generated.ts';
import type { RunPlace } from '../../../lib/metric-history.ts';
import { useEditRun } from '../api/change-run.ts';

interface RunNotesProps {
  readonly place: RunPlace;
  readonly run: RunDetails;
  readonly mayEdit: boolean;
}

/** What people wrote about a run. */
export function RunNotes({ place, run: { notes }, mayEdit }: RunNotesProps) {
  const editing = useEditRun(place);
  if ((notes === null || notes === '') && !mayEdit) return null;
  return (
    <Section title="Notes">
      <EditableText
        label="notes"
        value={notes}
        isLong
        save={mayEdit ? (text) => editing.mutateAsync({ notes: text }) : undefined}
      >
        {notes !== null && <Markdown text={notes} />}
      </EditableText>
    </Section>
  );
}

import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { CommandLine } from '../../components/command-line.tsx';
import { Facts } from '../../components/facts.tsx';
import { Page, Section } from '../../components/page.tsx';
import { Time } from '../../components/time.tsx';
import { ValueTable } from '../../components/value-table.tsx';
import { versionQuery } from '../../features/artifacts/api/get-version.ts';
import { flatValues } from '../../features/artifacts/components/flat-values.ts';
import { Labels } from '../../features/artifacts/components/labels.tsx';
import { PlacesTable } from '../../features/artifacts/components/places-table.tsx';
import { SourceRun } from '../../features/artifacts/components/source-run.tsx';
import { SubjectExecutions } from '../../features/executions/components/subject-executions.tsx';
import { useLive } from '../../lib/live/use-live.ts';
import { bytesText } from '../../lib/words.ts';
import styles from './columns.module.css';

const route = getRouteApi('/inside/$entity/$project/artifacts/$type/$collection/$version');

/** A version in a collection: what it is, where else it lies, and what it triggered. */
export function VersionPage() {
  const { entity, project, collection, version: asked } = route.useParams();
  useLive({ entities: [entity], project });
  const { data: version } = useSuspenseQuery(versionQuery(entity, project, collection, asked));
  const { aliases, tags, run } = version;
  return (
    <Page title={`${collection}:${version.version}`} within={[project, entity]} lead={version.description ?? undefined}>
      <Facts
        facts={[
          ['Type', version.type],
          ['Aliases', aliases.length > 0 && <Labels key="aliases" aliases={aliases} />],
          ['Tags', tags.length > 0 && <Labels key="tags" tags={tags} />],
          ['Logged by run', run && <SourceRun key="run" run={run} />],
          ['Author', version.author],
          ['Logged', <Time key="logged" at={version.createdAt} />],
          ['Added here', version.addedAt !== version.createdAt && <Time key="added" at={version.addedAt} />],
          ['Size', bytesText(version.size)],
          ['Files', version.files.toLocaleString('en')],
          ['Digest', <code key="digest">{version.digest}</code>],
        ]}
      />
      <Section title="Use it">
        <CommandLine
          text={`run.use_artifact("${entity}/${project}/${collection}:${version.version}")`}
          label="Copy the line"
        />
      </Section>
      <div className={styles.columns}>
        <Section title="Metadata">
          <ValueTable
            label="Metadata"
            values={flatValues(version.metadata)}
            nothing="None was given when the version was logged."
          />
        </Section>
        <Section title="Where else it is">
          <PlacesTable here={{ entity, project, collection }} source={version.source} links={version.links} />
        </Section>
      </div>
      <section id="triggered">
        <Section title="Triggered automations">
          <SubjectExecutions subject={{ kind: 'version', entity, project, collection, version: version.version }} />
        </Section>
      </section>
    </Page>
  );
}

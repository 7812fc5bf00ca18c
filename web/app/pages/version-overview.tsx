import { Facts } from '../../components/facts.tsx';
import { LabelEditor } from '../../components/label-editor.tsx';
import { Section } from '../../components/page.tsx';
import { Time } from '../../components/time.tsx';
import type { ArtifactVersionDetails, VersionAddress } from '../../features/artifacts/api/get-version.ts';
import { useLabelNames } from '../../features/artifacts/api/list-labels.ts';
import { useAliases, useVersionTags } from '../../features/artifacts/api/version-labels.ts';
import { PlacesTable } from '../../features/artifacts/components/places-table.tsx';
import { SourceRun } from '../../features/artifacts/components/source-run.tsx';
import { Ttl } from '../../features/artifacts/components/version/ttl.tsx';
import { UnlinkButton } from '../../features/artifacts/components/version/unlink-button.tsx';
import { Usage } from '../../features/artifacts/components/version/usage.tsx';
import { bytesText } from '../../lib/bytes.ts';
import styles from './columns.module.css';
import { useArtifactRights } from './use-artifact-rights.ts';

interface VersionOverviewProps {
  readonly address: VersionAddress;
  readonly version: ArtifactVersionDetails;
  /** The link that one stands at has ended. */
  readonly onUnlinked: () => void;
}

/** What a version is, how it is used, and where it lies. */
export function VersionOverview({ address, version, onUnlinked }: VersionOverviewProps) {
  const { entity, project, collection } = address;
  const { mayEdit, locked } = useArtifactRights(entity, project);
  const aliases = useAliases(address);
  const tags = useVersionTags(address);
  const knownAliases = useLabelNames(address, 'alias');
  const knownTags = useLabelNames(address, 'tag');
  const of = `${collection}:${address.version}`;
  const isHere = (place: Omit<VersionAddress, 'version'>) =>
    place.entity === entity && place.project === project && place.collection === collection;
  const link = version.links.find(isHere);
  const isKept = version.aliases.some((alias) => locked.has(alias));
  return (
    <>
      <Facts
        facts={[
          [
            'Aliases',
            (mayEdit || version.aliases.length > 0) && (
              <LabelEditor
                key="aliases"
                noun="alias"
                of={of}
                labels={version.aliases}
                mayEdit={mayEdit}
                locked={locked}
                change={aliases}
                known={knownAliases}
              />
            ),
          ],
          [
            'Tags',
            (version.mayEdit || version.tags.length > 0) && (
              <LabelEditor
                key="tags"
                noun="tag"
                of={of}
                labels={version.tags}
                mayEdit={version.mayEdit}
                change={tags}
                known={knownTags}
              />
            ),
          ],
          ['Type', version.type],
          ['Logged by run', version.run && <SourceRun key="run" run={version.run} />],
          ['Author', version.author],
          ['Logged', <Time key="logged" at={version.createdAt} />],
          ['Added here', version.addedAt !== version.createdAt && <Time key="added" at={version.addedAt} />],
          ['Size', bytesText(version.size)],
          ['Files', version.files.toLocaleString('en')],
          ['Time to live', <Ttl key="ttl" address={address} seconds={version.ttlSeconds} mayEdit={version.mayEdit} />],
          ['Digest', <code key="digest">{version.digest}</code>],
        ]}
      />
      <div className={styles.columns}>
        <Section title="Use it">
          <Usage {...address} />
        </Section>
        <Section
          title="Where else it is"
          actions={link !== undefined && mayEdit && !isKept && <UnlinkButton place={link} onUnlinked={onUnlinked} />}
        >
          <PlacesTable here={address} source={version.source} links={version.links} />
        </Section>
      </div>
    </>
  );
}

import { Button, Menu, Tabs } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Link2, Trash2 } from 'lucide-react';
import { EditText } from '../../components/edit-text.tsx';
import { Page } from '../../components/page.tsx';
import { RowMenu } from '../../components/row-menu.tsx';
import { useChangeVersion } from '../../features/artifacts/api/change-version.ts';
import { versionQuery } from '../../features/artifacts/api/get-version.ts';
import { FilesPart } from '../../features/artifacts/components/files/files-part.tsx';
import { FIRST_BOUNDS, LineagePart } from '../../features/artifacts/components/lineage/lineage-part.tsx';
import { DeleteVersion } from '../../features/artifacts/components/version/delete-version.tsx';
import { LinkVersion } from '../../features/artifacts/components/version/link-version.tsx';
import { MetadataPart } from '../../features/artifacts/components/version/metadata-part.tsx';
import { SubjectExecutions } from '../../features/executions/components/subject-executions.tsx';
import { throwMissing } from '../../lib/api/api-error.ts';
import { useLive } from '../../lib/live/use-live.ts';
import { isVersionTab, VERSION_TABS, type VersionSearch } from '../artifact-search.ts';
import tabs from './tab-list.module.css';
import { useLinkRegistries } from './use-link-registries.ts';
import { VersionOverview } from './version-overview.tsx';
import styles from './version-page.module.css';

const route = getRouteApi('/inside/$entity/$project/artifacts/$type/$collection/$version');

/** A version in a collection: what it is, what it holds, where it comes from, and what it triggered. */
export function VersionPage() {
  const { entity, project, collection, type, version: asked } = route.useParams();
  useLive({ entities: [entity], project });
  const {
    tab = 'overview',
    folder = '',
    file,
    find = '',
    depth = FIRST_BOUNDS.depth,
    fan = FIRST_BOUNDS.fan,
  } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: version, error } = useSuspenseQuery(versionQuery(entity, project, collection, asked));
  throwMissing(error);
  // an alias in the address moves; what is done here is done to the version that is shown
  const address = { entity, project, collection, version: version.version };
  const change = useChangeVersion(address);
  const seek = (part: VersionSearch, isStep = false) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: !isStep });
  const leave = () =>
    void navigate({
      to: '/$entity/$project/artifacts/$type/$collection',
      params: { entity, project, type, collection },
    });
  return (
    <Page
      title={`${collection}:${version.version}`}
      within={[project, entity]}
      actions={<Deeds address={address} type={version.type} mayDelete={version.mayEdit} onDeleted={leave} />}
    >
      <Tabs
        value={tab}
        onChange={(next) => isVersionTab(next) && void navigate({ search: { tab: next }, replace: true })}
        keepMounted={false}
      >
        <Tabs.List mb="md" className={tabs.list ?? ''}>
          {Object.entries(VERSION_TABS).map(([value, words]) => (
            <Tabs.Tab key={value} value={value}>
              {words}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="overview">
          <div className={styles.about}>
            <EditText
              label="Description"
              text={version.description}
              mayEdit={version.mayEdit}
              save={(description) => change.mutateAsync({ description })}
            />
          </div>
          <VersionOverview address={address} version={version} onUnlinked={leave} />
        </Tabs.Panel>
        <Tabs.Panel value="files">
          <FilesPart
            address={address}
            view={{ folder, file, find }}
            onView={(part) =>
              seek(
                {
                  ...('folder' in part ? { folder: part.folder || undefined } : {}),
                  ...('file' in part ? { file: part.file } : {}),
                  ...('find' in part ? { find: part.find || undefined } : {}),
                },
                'folder' in part,
              )
            }
          />
        </Tabs.Panel>
        <Tabs.Panel value="metadata">
          <MetadataPart
            address={address}
            version={version}
            find={find}
            onFind={(text) => seek({ find: text || undefined })}
          />
        </Tabs.Panel>
        <Tabs.Panel value="lineage">
          <LineagePart address={address} bounds={{ depth, fan }} onBounds={(next) => seek(next)} />
        </Tabs.Panel>
        <Tabs.Panel value="automations">
          <SubjectExecutions subject={{ kind: 'version', ...address }} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

interface DeedsProps {
  readonly address: {
    readonly entity: string;
    readonly project: string;
    readonly collection: string;
    readonly version: string;
  };
  readonly type: string;
  readonly mayDelete: boolean;
  readonly onDeleted: () => void;
}

/** What can be done with the version as a whole. */
function Deeds({ address, type, mayDelete, onDeleted }: DeedsProps) {
  const registries = useLinkRegistries(type);
  const [isLinked, link] = useDisclosure(false);
  const [isDeleted, remove] = useDisclosure(false);
  return (
    <>
      {registries.length > 0 && (
        <Button leftSection={<Link2 size={16} aria-hidden />} onClick={link.open}>
          Link to registry
        </Button>
      )}
      {mayDelete && (
        <RowMenu label="More to do with this version">
          <Menu.Item color="red" leftSection={<Trash2 size={15} aria-hidden />} onClick={remove.open}>
            Delete version
          </Menu.Item>
        </RowMenu>
      )}
      <LinkVersion address={address} type={type} registries={registries} opened={isLinked} onClose={link.close} />
      <DeleteVersion address={address} opened={isDeleted} onClose={remove.close} onDeleted={onDeleted} />
    </>
  );
}

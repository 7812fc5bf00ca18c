import { Link } from '@tanstack/react-router';
import { ChooseAll, ChooseOne } from '../../../../components/choose.tsx';
import type { Column } from '../../../../components/data-table.tsx';
import { ExecutionCount } from '../../../../components/execution-count.tsx';
import { LabelEditor } from '../../../../components/label-editor.tsx';
import { SortHeading } from '../../../../components/sort-heading.tsx';
import styles from '../../../../components/text-link.module.css';
import { Time } from '../../../../components/time.tsx';
import { bytesText } from '../../../../lib/bytes.ts';
import { nextSort, sortedBy } from '../../../../lib/sort-order.ts';
import { useLabelNames } from '../../api/list-labels.ts';
import {
  type ArtifactVersion,
  USUAL_SORT,
  VERSION_ORDERS,
  type VersionOrder,
  type VersionSort,
} from '../../api/list-versions.ts';
import { useAliases } from '../../api/version-labels.ts';
import labelStyles from '../labels.module.css';
import { Labels } from '../labels.tsx';
import { SourceRun } from '../source-run.tsx';
import type { ChosenVersions } from './use-chosen-versions.ts';
import selection from './version-selection.module.css';

/** What the viewer may do with the versions of a table. */
export interface VersionRights {
  /** Give and take aliases. */
  readonly mayEdit: boolean;
  /** Aliases that they may not. */
  readonly locked: ReadonlySet<string>;
}

interface Place {
  readonly entity: string;
  readonly project: string;
  readonly type: string;
  readonly collection: string;
}

interface VersionColumns {
  readonly place: Place;
  readonly label: string;
  readonly rows: readonly ArtifactVersion[];
  readonly rights: VersionRights;
  readonly sort: VersionSort | undefined;
  readonly onSort: (sort: VersionSort | undefined) => void;
  /** Absent where they cannot be chosen. */
  readonly choice: ChosenVersions | undefined;
}

/** What a table shows of the versions of a collection. */
export function versionColumns(table: VersionColumns): Column<ArtifactVersion>[] {
  const { place, rights, sort = USUAL_SORT, onSort } = table;
  const sortable = (order: VersionOrder) => {
    const [title, sorted] = [VERSION_ORDERS[order], sortedBy(sort, order)];
    const heading = <SortHeading title={title} sorted={sorted} onSort={() => onSort(nextSort(sort, order))} />;
    return { key: order, title, sorted, heading };
  };
  const number = sortable('version');
  return [
    { ...number, ...chooser(table, number.heading) },
    {
      key: 'labels',
      title: 'Aliases and tags',
      wide: true,
      bare: true,
      cell: (version) => <VersionLabels place={place} version={version} rights={rights} />,
    },
    {
      key: 'executions',
      title: 'Executions',
      cell: ({ version, executions }) => <ExecutionCount place={{ ...place, version }} count={executions} />,
    },
    { key: 'run', title: 'Logged by', cell: ({ run, author }) => (run === null ? author : <SourceRun run={run} />) },
    { ...sortable('size'), numeric: true, cell: ({ size }) => bytesText(size) },
    { ...sortable('added'), cell: ({ addedAt }) => <Time at={addedAt} /> },
  ];
}

function chooser(
  { place, label, rows, choice }: VersionColumns,
  heading: Column<ArtifactVersion>['heading'],
): Pick<Column<ArtifactVersion>, 'heading' | 'cell'> {
  const linkOf = (version: string) => (
    <Link
      to="/$entity/$project/artifacts/$type/$collection/$version"
      params={{ ...place, version }}
      className={styles.link}
    >
      <b>{version}</b>
    </Link>
  );
  if (choice === undefined) return { heading, cell: ({ version }) => linkOf(version) };
  const { chosen, choose } = choice;
  return {
    heading: (
      <span className={selection.chooser}>
        <ChooseAll
          of={label}
          ids={rows.map(({ version }) => version)}
          isChosen={(version) => chosen.has(version)}
          onChoose={choose}
        />
        {heading}
      </span>
    ),
    cell: ({ version }) => (
      <span className={selection.chooser}>
        <ChooseOne name={version} isChosen={chosen.has(version)} onChoose={(next) => choose([version], next)} />
        {linkOf(version)}
      </span>
    ),
  };
}

interface VersionLabelsProps {
  readonly place: Place;
  readonly version: ArtifactVersion;
  readonly rights: VersionRights;
}

/** Aliases are given and taken where they stand; tags belong to the version wherever it lies: they are changed there. */
function VersionLabels({ place, version: { version, aliases, tags }, rights }: VersionLabelsProps) {
  const { entity, project, collection } = place;
  const change = useAliases({ entity, project, collection, version });
  const known = useLabelNames({ entity, project, collection }, 'alias');
  return (
    <span className={labelStyles.labels}>
      <LabelEditor noun="alias" of={version} labels={aliases} change={change} known={known} {...rights} />
      <Labels tags={tags} />
    </span>
  );
}

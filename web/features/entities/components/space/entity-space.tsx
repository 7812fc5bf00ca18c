import { Skeleton, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ErrorPanel } from '../../../../components/error-panel.tsx';
import { spaceQuery } from '../../api/get-space.ts';
import styles from './entity-space.module.css';
import { CollectionSpaceTable, ProjectSpaceTable } from './space-tables.tsx';
import { SpaceUse } from './space-use.tsx';

/** How high the first part is before it is there. */
const USE_HEIGHT = 164;

/** What an entity stores, of what limit, and what takes most of it. */
export function EntitySpace({ entity }: { readonly entity: string }) {
  const { data: space, error, refetch } = useQuery(spaceQuery(entity));
  if (error !== null) return <ErrorPanel error={error} retry={refetch} />;
  return (
    <div className={styles.parts}>
      {space === undefined ? <Skeleton height={USE_HEIGHT} radius="lg" /> : <SpaceUse space={space} />}
      <div>
        <Title order={3} className={styles.title}>
          By project
        </Title>
        <ProjectSpaceTable entity={entity} space={space} />
      </div>
      {space?.collections.length !== 0 && (
        <div>
          <Title order={3} className={styles.title}>
            Largest collections
          </Title>
          <CollectionSpaceTable entity={entity} space={space} />
        </div>
      )}
    </div>
  );
}

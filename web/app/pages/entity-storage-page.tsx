import { getRouteApi } from '@tanstack/react-router';
import { EntitySpace } from '../../features/entities/components/space/entity-space.tsx';
import { EntitySettings } from './entity-settings.tsx';

const route = getRouteApi('/inside/$entity/settings/storage');

/** What an entity stores. */
export function EntityStoragePage() {
  const { entity } = route.useParams();
  return (
    <EntitySettings
      entity={entity}
      part="Storage"
      lead="Contents of files of runs and versions. What several versions of a collection share counts once; what is deleted, until it is removed, within a day."
    >
      <EntitySpace entity={entity} />
    </EntitySettings>
  );
}

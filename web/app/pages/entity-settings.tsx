import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { Empty } from '../../components/empty.tsx';
import { EntityMark } from '../../components/entity-mark.tsx';
import { Page, Section } from '../../components/page.tsx';
import { entityQuery } from '../../features/entities/api/get-entity.ts';
import { PageTabs } from './page-tabs.tsx';
import { type SettingsPart, settingsPartsFor } from './settings-parts.ts';

interface EntitySettingsProps {
  readonly entity: string;
  readonly part: SettingsPart;
  /** What the part is for, in a sentence. */
  readonly lead: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of an entity's settings: the tabs of the parts that the viewer may see, and the part that is open. */
export function EntitySettings({ entity, part, lead, actions, children }: EntitySettingsProps) {
  const { data } = useSuspenseQuery(entityQuery(entity));
  const parts = settingsPartsFor(data);
  const allowed = parts.some(({ title }) => title === part);
  return (
    <Page title="Settings" within={[part, entity]} lead={entity} mark={<EntityMark name={entity} />}>
      <PageTabs label={`Settings of ${entity}`}>
        {parts.map(({ to, title }) => (
          <Link key={to} to={to} params={{ entity }} activeOptions={{ includeSearch: false }}>
            {title}
          </Link>
        ))}
      </PageTabs>
      {allowed ? (
        <Section title={part} lead={lead} actions={actions}>
          {children}
        </Section>
      ) : (
        <Empty icon={Lock} title="This is not for you">
          You may not see this part of the settings of {entity}. An admin of it can change that.
        </Empty>
      )}
    </Page>
  );
}

import { Link } from '@tanstack/react-router';
import { PageTabs } from './page-tabs.tsx';

/** Automations, and what they did. */
export function AutomationTabs({ entity }: { readonly entity?: string }) {
  return (
    <PageTabs label="Parts of automations">
      <Link to="/automations" activeOptions={{ exact: true, includeSearch: false }}>
        Automations
      </Link>
      <Link
        to="/automations/history"
        search={entity === undefined ? {} : { entity }}
        activeOptions={{ includeSearch: false }}
      >
        History
      </Link>
    </PageTabs>
  );
}

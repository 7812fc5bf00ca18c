import type { Page } from 'playwright-core';
import type { FilledTeam } from '../support/filled-team.ts';

/** One screen, in the order in which they are seen: the first ones by nobody, those after them by the team's admin. */
export interface Screen {
  readonly name: string;
  /** Where it is; absent for what is opened on the screen before. */
  readonly path?: (team: FilledTeam) => string;
  /** What is done before the picture. */
  readonly act?: (page: Page, team: FilledTeam) => Promise<unknown>;
}

const heading = (name: string) => (page: Page) => page.getByRole('heading', { level: 1, name }).waitFor();

/** Something of a version in the registry. */
const versionPath =
  (version: string): NonNullable<Screen['path']> =>
  ({ organization }) =>
    `/${organization}/wandb-registry-models/artifacts/model/Road%20segmentation/${version}`;

export const SCREENS: readonly Screen[] = [
  { name: 'sign-in', path: () => '/', act: heading('Sign in to Tripline') },
  {
    name: 'sign-in-refused',
    act: async (page, team) => {
      await signIn(page, team.username, 'not the password');
      await page.getByText('Wrong user name or password.').waitFor();
    },
  },
  {
    name: 'home',
    act: async (page, team) => {
      await signIn(page, team.username, team.password);
      await page.getByRole('link', { name: team.project }).first().waitFor();
    },
  },
  {
    name: 'home-nothing-found',
    path: () => '/?search=nothing',
    act: (page) => page.getByText('No project is called that').waitFor(),
  },
  {
    name: 'welcome',
    path: () => '/welcome',
    act: (page) => page.getByRole('heading', { level: 1 }).waitFor(),
  },
  {
    name: 'welcome-webhook',
    act: async (page) => {
      await page.getByText('Call a webhook').click();
      await page.getByRole('textbox', { name: 'Address' }).fill('https://ci.lumen.example/hooks/first');
      await page.getByRole('textbox', { name: 'Address' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'welcome-done',
    act: async (page) => {
      await page.getByRole('combobox', { name: 'Whose runs they are' }).click();
      await page.getByRole('option', { name: 'robotics' }).click();
      await page.getByText('loss is low fired').scrollIntoViewIfNeeded();
    },
  },
  { name: 'person', path: () => '/maria', act: (page) => page.getByText('No projects yet').waitFor() },
  { name: 'palette', path: () => '/', act: openPalette },
  {
    name: 'team',
    path: ({ team }) => `/${team}`,
    act: (page, { project }) => page.getByRole('link', { name: project }).waitFor(),
  },
  {
    name: 'webhooks',
    path: ({ team }) => `/${team}/settings`,
    act: (page) => page.getByText('old notebook bot').waitFor(),
  },
  {
    name: 'webhook-new',
    act: async (page) => {
      await page.getByRole('button', { name: 'New webhook' }).click();
      await page.getByLabel('URL').fill('https://example.com/hooks/deploy');
      await page.getByLabel('Signing secret', { exact: true }).selectOption('DEPLOY_SIGNING_KEY');
    },
  },
  {
    name: 'webhook-edit',
    path: ({ team }) => `/${team}/settings/webhooks`,
    act: async (page) => {
      await page.getByRole('button', { name: 'More for deploy' }).click();
      await page.getByRole('menuitem', { name: 'Edit' }).click();
      await page.getByLabel('Name of header 2').waitFor();
    },
  },
  {
    name: 'webhook-test',
    path: ({ team }) => `/${team}/settings/webhooks`,
    act: async (page) => {
      await page.getByRole('button', { name: 'Test deploy' }).click();
      await page.getByRole('button', { name: 'Send test request' }).click();
      await page.getByText('It failed').waitFor();
    },
  },
  {
    name: 'webhook-delete',
    path: ({ team }) => `/${team}/settings/webhooks`,
    act: async (page) => {
      await page.getByRole('button', { name: 'More for deploy' }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await page.getByRole('link', { name: 'Deploy what is tagged' }).waitFor();
    },
  },
  {
    name: 'slack-channels',
    path: ({ team }) => `/${team}/settings/slack`,
    act: (page) => page.getByText('#training (Lumen)').waitFor(),
  },
  {
    name: 'slack-channel-new',
    act: async (page) => {
      await page.getByRole('button', { name: 'Add channel' }).click();
      await page.getByText('no Slack app yet').waitFor();
    },
  },
  {
    name: 'secrets',
    path: ({ team }) => `/${team}/settings/secrets`,
    act: (page) => page.getByText('DEPLOY_SIGNING_KEY').waitFor(),
  },
  {
    name: 'secret-replace',
    act: async (page) => {
      await page.getByRole('button', { name: 'Replace the value of CI_TOKEN' }).click();
      await page.getByText('stops signing').waitFor();
    },
  },
  {
    name: 'secrets-empty',
    path: () => '/maria/settings/secrets',
    act: (page) => page.getByText('No secrets yet').waitFor(),
  },
  {
    name: 'organization',
    path: ({ organization }) => `/${organization}`,
    act: (page) => page.getByText('What may be deployed.').waitFor(),
  },
  {
    name: 'project',
    path: ({ team, project }) => `/${team}/${project}`,
    act: (page) => page.getByRole('row').nth(5).waitFor(),
  },
  {
    name: 'project-filtered',
    path: ({ team, project, run }) =>
      `/${team}/${project}?sort=-summary.loss&runs=${run}&filter=${encodeURIComponent('{"$and":[{"config.batch_size":{"$gte":8}},{"state":{"$ne":"running"}}]}')}`,
    act: async (page) => {
      await page.getByRole('row').nth(1).waitFor();
      await page.getByRole('button', { name: 'Filter' }).click();
      await page.getByRole('button', { name: 'Show these' }).waitFor();
    },
  },
  {
    name: 'project-grouped',
    path: ({ team, project }) => `/${team}/${project}?group=${encodeURIComponent('["state"]')}`,
    act: async (page) => {
      await page.getByRole('button', { name: 'State finished' }).click();
      await page.getByRole('region', { name: 'Runs with State finished' }).getByRole('row').nth(1).waitFor();
    },
  },
  {
    name: 'project-deletion',
    path: ({ team, project, run }) => `/${team}/${project}?runs=${run}`,
    act: async (page) => {
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await page.getByRole('dialog', { name: 'Delete 1 run?' }).waitFor();
    },
  },
  {
    name: 'project-automations',
    path: ({ team, project }) => `/${team}/${project}/automations`,
    act: (page) => page.getByText('A run failed').waitFor(),
  },
  {
    name: 'project-nothing-found',
    path: ({ team, project }) => `/${team}/${project}?search=nothing`,
    act: (page) => page.getByText('No run is called that').waitFor(),
  },
  {
    name: 'project-empty',
    path: ({ team }) => `/${team}/lane-detection`,
    act: (page) => page.getByText('No runs yet').waitFor(),
  },
  {
    name: 'run',
    path: ({ team, project, run }) => `/${team}/${project}/runs/${run}?tab=overview`,
    act: (page) => page.getByText('batch_size').waitFor(),
  },
  {
    name: 'run-config',
    act: async (page) => {
      await page.getByRole('button', { name: 'Edit lr' }).click();
      await page.getByLabel('Value (JSON)').waitFor();
    },
  },
  {
    name: 'run-logs',
    path: ({ team, project, run }) => `/${team}/${project}/runs/${run}?tab=logs&find=warn&line=18`,
    act: (page) => page.getByText('1 of 2').waitFor(),
  },
  {
    name: 'run-files',
    path: ({ team, project, run }) =>
      `/${team}/${project}/runs/${run}?tab=files&file=media%2Ftable%2Fper_class.table.json`,
    act: (page) => page.getByRole('cell', { name: 'sidewalk', exact: true }).waitFor(),
  },
  {
    name: 'run-file-json',
    path: ({ team, project, run }) => `/${team}/${project}/runs/${run}?tab=files&file=wandb-metadata.json`,
    act: (page) => page.getByText('cudaVersion').waitFor(),
  },
  {
    name: 'run-artifacts',
    path: ({ team, project, run }) => `/${team}/${project}/runs/${run}?tab=artifacts`,
    act: (page) => page.getByRole('table').or(page.getByText('Nothing was logged')).first().waitFor(),
  },
  {
    name: 'run-delete',
    act: async (page) => {
      await page.getByRole('button', { name: /^More of / }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await page.getByText('Delete this run?').waitFor();
    },
  },
  {
    name: 'sweeps',
    path: ({ team, project }) => `/${team}/${project}/sweeps`,
    act: (page) => page.getByText('Sweeps are not part of Tripline').waitFor(),
  },
  {
    name: 'run-charts',
    path: ({ team, charted }) => `/${team}/pose-estimation/runs/${charted}`,
    act: async (page) => {
      await page.getByRole('article', { name: 'train/loss' }).scrollIntoViewIfNeeded();
      await page.getByRole('link', { name: /fired/ }).waitFor();
    },
  },
  {
    name: 'run-charts-system',
    path: ({ team, charted }) => `/${team}/pose-estimation/runs/${charted}?x=time`,
    act: async (page) => {
      await page.getByRole('article', { name: 'system.cpu' }).scrollIntoViewIfNeeded();
      await page.getByRole('figure', { name: 'system.cpu: from' }).waitFor();
    },
  },
  {
    name: 'workspace',
    path: ({ team }) => `/${team}/pose-estimation/workspace?smooth=0.6`,
    act: async (page) => {
      await page.getByRole('article', { name: 'train/loss' }).scrollIntoViewIfNeeded();
      await page.getByRole('figure', { name: 'train/loss of 3 runs' }).waitFor();
    },
  },
  {
    name: 'workspace-bell',
    act: async (page) => {
      await page.getByRole('button', { name: 'New automation for train/loss' }).click();
      await page.getByRole('slider', { name: 'Threshold' }).waitFor();
      await page.getByRole('form', { name: 'New automation for train/loss' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'workspace-panel',
    path: ({ team }) => `/${team}/pose-estimation/workspace?smooth=0.6&log=y&panel=train%2Floss`,
    act: async (page) => {
      await page.getByRole('dialog').getByRole('figure', { name: 'train/loss of 3 runs' }).waitFor();
      await page.getByRole('slider', { name: 'Cursor of train/loss' }).last().focus();
      for (let turn = 0; turn < 40; turn += 1) await page.keyboard.press('ArrowLeft');
    },
  },
  {
    name: 'workspace-settings',
    path: ({ team }) => `/${team}/pose-estimation/workspace`,
    act: async (page) => {
      await page.getByRole('button', { name: 'Settings', exact: true }).click();
      await page.getByLabel('X axis', { exact: true }).selectOption('Wall time');
    },
  },
  {
    name: 'workspace-nothing-found',
    path: ({ team }) => `/${team}/pose-estimation/workspace?find=nothing`,
    act: (page) => page.getByText('No metric is called that').waitFor(),
  },
  {
    name: 'workspace-empty',
    path: ({ team }) => `/${team}/lane-detection/workspace`,
    act: (page) => page.getByText('No runs yet').waitFor(),
  },
  {
    name: 'project-artifacts',
    path: ({ team, project }) => `/${team}/${project}/artifacts`,
    act: (page) => page.getByRole('link', { name: 'mask-vit' }).waitFor(),
  },
  {
    name: 'project-artifacts-empty',
    path: ({ team }) => `/${team}/lane-detection/artifacts`,
    act: (page) => page.getByText('No artifacts yet').waitFor(),
  },
  {
    name: 'collection',
    path: ({ team, project }) => `/${team}/${project}/artifacts/model/mask-vit`,
    act: (page) => page.getByRole('row', { name: /v4 best/ }).waitFor(),
  },
  {
    name: 'collection-automations',
    path: ({ organization }) =>
      `/${organization}/wandb-registry-models/artifacts/model/Road%20segmentation?tab=automations`,
    act: (page) => page.getByText('from organization').waitFor(),
  },
  {
    name: 'collection-compare',
    path: ({ team, project }) => `/${team}/${project}/artifacts/model/mask-vit?tab=compare&from=v1&to=v4`,
    act: (page) => page.getByText('eval.mIoU').waitFor(),
  },
  {
    name: 'collection-narrowed',
    path: ({ team, project }) =>
      `/${team}/${project}/artifacts/model/mask-vit?tag=pruned&filter=${encodeURIComponent('{"$and":[{"metadata.eval.loss":{"$lt":0.29}},{"metadata.epoch":{"$gte":3}}]}')}`,
    act: async (page) => {
      await page.getByRole('link', { name: 'v4', exact: true }).waitFor();
      await page.getByRole('link', { name: 'v3', exact: true }).waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Filter' }).click();
    },
  },
  {
    name: 'version',
    path: versionPath('production'),
    act: (page) => page.getByRole('link', { name: 'mask-vit:v4' }).waitFor(),
  },
  {
    name: 'version-link',
    act: async (page) => {
      await page.getByRole('button', { name: 'Link to registry' }).click();
      await page.getByRole('combobox', { name: 'Collection' }).fill('Night roads');
      await page.getByText('The collection Night roads will be made.').waitFor();
    },
  },
  {
    name: 'version-files',
    path: versionPath('v2?tab=files'),
    act: (page) => page.getByRole('button', { name: 'readme.md' }).waitFor(),
  },
  {
    name: 'version-file',
    path: versionPath('v2?tab=files&folder=eval&file=eval%2Fscores.table.json'),
    act: (page) => page.getByText('kerb').waitFor(),
  },
  {
    name: 'version-metadata',
    path: versionPath('v2?tab=metadata'),
    act: (page) => page.getByText('mIoU').waitFor(),
  },
  {
    name: 'version-metadata-edited',
    act: async (page) => {
      await page.getByRole('button', { name: 'Edit as JSON' }).click();
      await page.getByRole('textbox', { name: 'Metadata' }).waitFor();
    },
  },
  {
    name: 'version-lineage',
    path: versionPath('v2?tab=lineage'),
    act: (page) => page.getByRole('heading', { name: 'As a list' }).waitFor(),
  },
  {
    name: 'version-lineage-bounded',
    path: ({ team, project }) => `/${team}/${project}/artifacts/dataset/road-scenes/v1?tab=lineage&depth=1&fan=2`,
    act: (page) => page.getByRole('heading', { name: 'As a list' }).waitFor(),
  },
  {
    name: 'version-triggered',
    path: versionPath('v2?tab=automations'),
    act: (page) => page.getByRole('link', { name: 'Benchmark what is linked' }).waitFor(),
  },
  { name: 'automations', path: () => '/automations', act: (page) => page.getByText('A run failed').waitFor() },
  {
    name: 'automations-menu',
    act: async (page) => {
      await page.getByRole('button', { name: 'More filters' }).click();
      await page.getByRole('button', { name: 'More of A run failed' }).click();
      await page.getByRole('menuitem', { name: 'Duplicate' }).waitFor();
    },
  },
  {
    name: 'automations-empty',
    path: () => '/automations?search=nothing',
    act: (page) => page.getByText('No automation matches').waitFor(),
  },
  {
    name: 'history',
    path: ({ team }) => `/automations/history?entity=${team}`,
    act: (page) => page.getByRole('link', { name: 'A run failed' }).first().waitFor(),
  },
  {
    name: 'execution',
    act: async (page) => {
      await page.getByRole('row').getByRole('link').first().click();
      await page.getByText('The condition held').waitFor();
    },
  },
  {
    name: 'execution-metric',
    path: ({ team, charted }) => `/${team}/pose-estimation/runs/${charted}?tab=overview`,
    act: async (page) => {
      const triggered = page.getByRole('region', { name: 'Triggered automations' });
      await triggered.getByRole('link', { name: 'Training loss is high again' }).click();
      await page.getByRole('figure', { name: 'train/loss' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'automation-watched',
    path: () => '/automations',
    act: async (page) => {
      await page.getByRole('link', { name: 'Training loss is high again' }).click();
      await page.getByText('5 of 5').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'project-charted',
    path: ({ team }) => `/${team}/pose-estimation`,
    act: async (page) => {
      await page.getByRole('button', { name: 'Columns' }).click();
      await page.getByRole('dialog', { name: 'Columns' }).waitFor();
    },
  },
  {
    name: 'project-history',
    path: ({ team, project }) => `/${team}/${project}/automations/history`,
    act: (page) => page.getByRole('link', { name: 'A run failed' }).first().waitFor(),
  },
  {
    name: 'history-nothing-found',
    path: ({ team }) => `/automations/history?entity=${team}&search=nothing`,
    act: (page) => page.getByText('No execution matches').waitFor(),
  },
  {
    name: 'automation-new-suggested',
    path: ({ organization }) =>
      `/automations/new?entity=${organization}&project=wandb-registry-models&collection=&type=LINK_MODEL`,
    act: async (page) => {
      await page.getByRole('combobox', { name: 'Collection' }).click();
      await page.getByRole('option', { name: 'Road segmentation' }).waitFor();
    },
  },
  {
    name: 'automation-new',
    path: ({ team, project }) => `/automations/new?entity=${team}&project=${project}&metric=val%2Floss`,
    act: async (page) => {
      await page.getByRole('textbox', { name: 'Value' }).fill('0.8');
      await page.getByLabel('Run name').fill('^calm');
      await page.getByRole('button', { name: 'Test filters' }).click();
      await page.getByText('of the newest').waitFor();
    },
  },
  {
    name: 'automation-preview',
    path: ({ team }) =>
      `/automations/new?entity=${team}&project=pose-estimation&type=RUN_METRIC&metric=train%2Floss&runs=vit`,
    act: async (page) => {
      await page.getByRole('textbox', { name: 'Value' }).fill('1.7');
      await page.getByText(/Would have fired 1 time/).waitFor();
      await page.getByRole('slider', { name: 'Threshold' }).first().scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'automation-new-action',
    path: ({ team, project }) => `/automations/new?entity=${team}&project=${project}&metric=val%2Floss`,
    act: async (page) => {
      await page.getByRole('button', { name: 'Next step' }).click();
      await page.getByLabel('Payload (JSON)').fill('{"text": "${run_name}: ${metric_values}", "who": "${nobody}"}');
      await page.getByText('As it would be sent').waitFor();
    },
  },
  {
    name: 'automation-new-slack',
    act: async (page) => {
      await page.getByLabel('Action type').selectOption('Slack notification');
      await page.getByLabel('Title').fill('*${run_name}* is off');
      await page.getByRole('figure').getByText('sample-run').first().waitFor();
      await page.getByText('As it would be sent').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'automation-new-details',
    act: async (page) => {
      await page.getByRole('button', { name: 'Details' }).click();
      await page.getByLabel('Name', { exact: true }).waitFor();
    },
  },
  {
    name: 'automation',
    path: () => '/automations',
    act: async (page, { team, project, run }) => {
      await page.getByRole('link', { name: 'Validation loss is too high' }).click();
      await page.getByRole('combobox', { name: 'Run' }).fill(`${team}/${project}/${run}`);
      await page.getByRole('button', { name: 'Why did it not fire?' }).click();
      await page.getByText('Window:').waitFor();
    },
  },
  {
    name: 'automation-backtest',
    act: async (page) => {
      await page.getByRole('tab', { name: 'Backtest' }).click();
      await page.getByRole('button', { name: 'Start backtest' }).click();
      await page.getByText(/^(finished|failed)$/).waitFor();
    },
  },
  {
    name: 'automation-audit',
    act: async (page) => {
      await page.getByRole('tab', { name: 'Audit' }).click();
      await page.getByText('created', { exact: true }).waitFor();
    },
  },
  {
    name: 'automation-code',
    act: async (page) => {
      await page.getByRole('tab', { name: 'Code' }).click();
      await page.getByText('api.create_automation').waitFor();
    },
  },
  {
    name: 'automation-test',
    path: () => '/automations',
    act: async (page) => {
      await page.getByRole('link', { name: 'A run failed' }).click();
      await page.getByRole('tab', { name: 'Test', exact: true }).click();
      await page.getByText(/^It would/).waitFor();
    },
  },
  {
    name: 'automation-edit',
    path: () => '/automations',
    act: async (page) => {
      await page.getByRole('link', { name: 'Deploy what is tagged production' }).click();
      await page.getByRole('link', { name: 'Edit' }).click();
      await page.getByRole('button', { name: 'Write JSON' }).click();
      await page.getByLabel('Advanced filter (JSON)').fill('{"$or": [{"artifact_type": "model"}, {"colour": "red"}]}');
      await page.getByText('unknown field').waitFor();
    },
  },
  {
    name: 'members',
    path: ({ team }) => `/${team}/settings/members`,
    act: (page) => page.getByText('nightly training').waitFor(),
  },
  {
    name: 'members-invite',
    act: async (page) => {
      await page.getByRole('button', { name: 'Invite' }).click();
      await page.getByLabel('User name or email').fill('noor@lumen.example');
    },
  },
  {
    name: 'members-service-account',
    path: ({ team }) => `/${team}/settings/members`,
    act: async (page) => {
      await page.getByRole('button', { name: 'New service account' }).click();
      await page.getByLabel('Description').fill('release robot');
    },
  },
  {
    name: 'members-organization',
    path: ({ organization }) => `/${organization}/settings/members`,
    act: (page) => page.getByRole('link', { name: 'robotics' }).last().waitFor(),
  },
  {
    name: 'alerts',
    path: ({ team }) => `/${team}/settings/alerts`,
    act: (page) => page.getByText('No trouble so far').waitFor(),
  },
  { name: 'own-alerts', path: () => '/settings/alerts', act: (page) => page.getByText('Scriptable alerts').waitFor() },
  {
    name: 'storage',
    path: ({ team }) => `/${team}/settings/storage`,
    act: (page) => page.getByRole('heading', { name: 'Largest collections' }).waitFor(),
  },
  {
    name: 'storage-empty',
    path: () => '/maria/settings/storage',
    act: (page) => page.getByText('Nothing is stored yet').waitFor(),
  },
  {
    name: 'audit',
    path: ({ team }) => `/${team}/settings/audit`,
    act: (page) => page.getByRole('button', { name: 'Alerts changed' }).waitFor(),
  },
  {
    name: 'audit-entry',
    act: async (page) => {
      await page.getByRole('button', { name: 'Alerts changed' }).click();
      await page.getByText('of its chain').waitFor();
    },
  },
  {
    name: 'audit-nothing-found',
    path: ({ team }) => `/${team}/settings/audit?subject=nothing`,
    act: (page) => page.getByText('No entry matches').waitFor(),
  },
  { name: 'server', path: () => '/settings/server', act: (page) => page.getByText('--execution-days').waitFor() },
  {
    name: 'server-users',
    path: () => '/settings/server/users',
    act: (page) => page.getByText('samir@lumen.example').waitFor(),
  },
  {
    name: 'server-user-new',
    path: () => '/settings/server/users?email=ines%40lumen.example',
    act: (page) => page.getByRole('button', { name: 'Create user' }).waitFor(),
  },
  {
    name: 'server-organizations',
    path: () => '/settings/server/organizations',
    act: (page) => page.getByRole('link', { name: 'robotics' }).last().waitFor(),
  },
  {
    name: 'server-audit',
    path: () => '/settings/server/audit',
    act: (page) => page.getByRole('button', { name: 'Organization created' }).waitFor(),
  },
  { name: 'registries', path: () => '/registries', act: (page) => page.getByText('What may be deployed.').waitFor() },
  {
    name: 'registries-search',
    path: () => '/registries?search=road',
    act: (page) => page.getByRole('link', { name: 'Road segmentation' }).first().waitFor(),
  },
  {
    name: 'registry-new',
    path: () => '/registries',
    act: async (page) => {
      await page.getByRole('button', { name: 'New registry' }).first().click();
      await page.getByRole('textbox', { name: 'Name' }).fill('datasets');
    },
  },
  {
    name: 'registry',
    path: ({ organization }) => `/orgs/${organization}/registry/models`,
    act: (page) => page.getByRole('link', { name: 'Road segmentation' }).waitFor(),
  },
  {
    name: 'registry-automations',
    path: ({ organization }) => `/orgs/${organization}/registry/models/automations`,
    act: (page) => page.getByRole('link', { name: 'Tell who releases' }).waitFor(),
  },
  {
    name: 'registry-history',
    path: ({ organization }) => `/orgs/${organization}/registry/models/automations/history`,
    act: (page) => page.getByRole('link', { name: 'Benchmark what is linked' }).first().waitFor(),
  },
  {
    name: 'registry-members',
    path: ({ organization }) => `/orgs/${organization}/registry/models/members`,
    act: (page) => page.getByRole('button', { name: 'Add', exact: true }).waitFor(),
  },
  {
    name: 'registry-settings',
    path: ({ organization }) => `/orgs/${organization}/registry/models/settings`,
    act: (page) => page.getByRole('button', { name: 'Save settings' }).waitFor(),
  },
  {
    name: 'registry-collection-new',
    path: ({ organization }) => `/orgs/${organization}/registry/models`,
    act: async (page) => {
      await page.getByRole('button', { name: 'New collection' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill('Night roads');
    },
  },
  { name: 'settings', path: () => '/settings', act: (page) => page.getByText('this one').waitFor() },
  { name: 'api-keys', path: () => '/settings/api-keys', act: (page) => page.getByText('laptop').waitFor() },
  {
    name: 'api-key-new',
    act: async (page) => {
      await page.getByRole('button', { name: 'New API key' }).click();
      await page.getByLabel('Description', { exact: true }).fill('notebook server');
      await page.getByRole('button', { name: 'Create key' }).click();
      await page.getByText('This is the only time').waitFor();
    },
  },
  { name: 'authorize', path: () => '/authorize', act: heading('Connect a machine') },
  {
    name: 'not-found',
    path: () => '/vision/no-such-project',
    act: (page) => page.getByText('There is nothing here').waitFor(),
  },
  {
    name: 'user-menu',
    path: () => '/',
    act: async (page, { username }) => {
      await openNavigation(page);
      await page.getByRole('button', { name: username }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    },
  },
];

/** Signs in on the sign-in page, by password. */
export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('User name or email').fill(username);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Opens the drawer where the navigation lies in one. */
export async function openNavigation(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  const burger = page.getByRole('button', { name: 'Navigation' });
  if (await burger.isVisible()) await burger.click();
}

async function openPalette(page: Page): Promise<void> {
  await openNavigation(page);
  await page.getByRole('button', { name: 'Go to' }).click();
  await page.getByRole('textbox', { name: 'Go to' }).fill('seg');
  await page.getByText('segmentation').last().waitFor();
}

import { PROJECT } from '../api/progress.ts';
import { WEBHOOK } from '../api/webhook.ts';

/** Where what fires goes. */
export type Destination = 'nothing' | 'webhook';

export const RUN_FILE = 'first_steps.py';
export const AUTOMATION_FILE = 'first_automation.py';
export const METRIC = 'loss';

/** A run whose loss falls below the line; no library for machine learning is needed. */
export function runScript(entity: string): string {
  return `import time
import wandb

with wandb.init(entity=${text(entity)}, project=${text(PROJECT)}) as run:
    for step in range(1, 31):
        run.log({"${METRIC}": 1 / step})
        time.sleep(0.1)
`;
}

/** An automation that fires when that happens. */
export function automationScript(entity: string, destination: Destination): string {
  const isWebhook = destination === 'webhook';
  const found = `webhooks = api.webhook_integrations(entity=${text(entity)})
webhook = next(each for each in webhooks if each.name == ${text(WEBHOOK)})
payload = {"run": "\${run_name}", "${METRIC}": "\${metric_values}"}
action = SendWebhook.from_integration(webhook, payload=payload)
`;
  return `import wandb
from wandb.automations import ${isWebhook ? 'OnRunMetric, RunEvent, SendWebhook' : 'DoNothing, OnRunMetric, RunEvent'}

api = wandb.Api()
project = api.project(${text(PROJECT)}, entity=${text(entity)})
event = OnRunMetric(scope=project, filter=RunEvent.metric("${METRIC}") < 0.1)
${isWebhook ? found : 'action = DoNothing()\n'}api.create_automation(event >> action, name="${METRIC} is low", fetch_existing=True)
`;
}

function text(value: string): string {
  return JSON.stringify(value);
}

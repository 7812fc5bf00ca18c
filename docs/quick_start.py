import wandb
from wandb.automations import OnRunMetric, RunEvent, SendWebhook

api = wandb.Api()
me = api.default_entity
api.create_project("quick-start", entity=me)
project = api.project("quick-start", entity=me)
hook = next(iter(api.webhook_integrations(entity=me)))

event = OnRunMetric(scope=project, filter=RunEvent.metric("loss").avg(3) < 0.1)
action = SendWebhook.from_integration(
    hook, payload={"text": "${run_name}: ${metric_current_status}", "values": "${metric_values}"}
)
api.create_automation(event >> action, name="loss is low", fetch_existing=True)

with wandb.init(project="quick-start") as run:
    for step in range(1, 31):
        run.log({"loss": 1 / step})

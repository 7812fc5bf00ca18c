-- Webhooks that can be disabled, deleted with their usage known, and delivered to again.

alter table integration
  add column disabled_at timestamptz,
  add column disabled_reason text;

-- Which automations use an integration.
create index automation_integration on automation ((definition -> 'action' ->> 'integrationId'))
  where deleted_at is null;

-- Attempts that were made before a person asked for a fresh schedule.
alter table delivery add column earlier int not null default 0;

-- Webhooks whose executions fail: a row comes with the first failure and goes with the next success.
create table integration_trouble (
  integration_id bigint primary key,
  since timestamptz not null,
  failed int not null
);

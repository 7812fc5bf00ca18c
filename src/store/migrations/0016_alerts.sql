-- Where alerts go (automations, section 4.7). Each is an automation of its own, that no rulebook holds: what it sends
-- has executions, attempts and retries like any other.

alter table automation add column alert_topic text
  check (alert_topic in ('run_alert', 'run_finished', 'run_crashed', 'delivery_trouble'));

drop index automation_name;
create unique index automation_name on automation (scope_kind, scope_id, name)
  where deleted_at is null and alert_topic is null;
create index automation_alert on automation (tenant_id) where deleted_at is null and alert_topic is not null;

-- What admins of an entity are told.
create index event_notice on event (tenant_id, event_id desc) where type = 'INTEGRATION_TROUBLE';

-- The flood limit of an automation (automations, section 2.9), locked only when it fires.
create table meter (
  tenant_id bigint not null,
  automation_id bigint not null,
  -- when the next firing's turn comes; in the past, as long ago as turns are unused
  turn_at timestamptz not null,
  -- firings of the last 24 hours, by hours since 1970: made[1] belongs to `hour`, made[2] to the one before …
  hour int not null,
  made int[] not null,
  primary key (tenant_id, automation_id)
) with (fillfactor = 50);

-- Metric matches of one run that found no room are counted on the execution that was skipped first.
alter table execution_detail add column repeats int not null default 0;

-- Claims name destination and tenant; a walk over the queue goes from one such pair to the next.
drop index delivery_due;
create index delivery_due on delivery (destination_id, tenant_id, due_at);
-- A claim changes no indexed column: with room beside the row it touches no index.
alter table delivery set (fillfactor = 60);

-- The whole key: before the first statistics this index looks as good as the primary key, and must then be as good.
drop index delivery_automation;
create index delivery_automation on delivery (tenant_id, automation_id, event_id, ask);

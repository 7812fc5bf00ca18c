-- How often automations fire (automations, section 2.8), and what that holds back.

alter table latch alter column last_fired_at drop not null;
alter table latch alter column last_line drop not null;
-- whether the condition was false since the firing: what a policy of every crossing waits for
alter table latch add column armed boolean not null default false;
-- the event of the last firing; matches that were held back since then are counted here, at most once a minute
alter table latch add column event_id bigint;
alter table latch add column held bigint not null default 0;
alter table latch add column last_held_at timestamptz;

-- Further matches of the same run: those that a skipped execution stands for, and those that its firing held back until
-- the next one.
alter table execution_detail add column last_repeat_at timestamptz;

-- What this would send is rendered and kept, and not sent.
alter table delivery add column dry_run boolean not null default false;

-- When a firing last found no room: admins are told when that begins.
alter table meter add column skipped_at timestamptz not null default '-infinity';

-- What admins of an entity are told.
drop index event_notice;
create index event_notice on event (tenant_id, event_id desc) where type in ('INTEGRATION_TROUBLE', 'AUTOMATION_TROUBLE');

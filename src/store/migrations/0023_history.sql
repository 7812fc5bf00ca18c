-- The history of executions is searched (data model, section 8). The order of its lists is the primary key backwards.

drop index execution_newest;
drop index execution_automation;

-- the collection that the event is about, or that its version was seen in
alter table execution add column collection_id bigint;
-- name of the person who cancelled it
alter table execution add column cancelled_by text;

-- Together they hold each execution of an automation once; the first alone finds the newest that was not skipped.
create index execution_ran on execution (tenant_id, automation_id, event_id desc) where status <> 'skipped';
create index execution_skipped on execution (tenant_id, automation_id, event_id desc) where status = 'skipped';
create index execution_open on execution (tenant_id, status, event_id desc) where status <> 'finished';
create index execution_type on execution (tenant_id, event_type, event_id desc);
create index execution_author on execution (tenant_id, author, event_id desc) where author is not null;
create index execution_project on execution (tenant_id, project_id, event_id desc) where project_id is not null;
create index execution_collection on execution (tenant_id, collection_id, event_id desc)
  where collection_id is not null;

-- what kind of failure it was, for programs; `error` is for people
alter table attempt add column fault text;

-- Which automations ever delivered to an integration.
create index automation_revision_integration on automation_revision ((definition -> 'action' ->> 'integrationId'));

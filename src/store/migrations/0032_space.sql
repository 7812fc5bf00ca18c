-- How much each entity stores, and when versions end by themselves.

-- Content that rows name, but for the changes that are not added up yet
create table stored_space (
  tenant_id bigint primary key,
  bytes bigint not null,
  files bigint not null
);

-- One row where content gets a row that names it (files = 1), and one where it loses it (files = -1): no upload waits
-- for another one's
create table stored_change (
  tenant_id bigint not null,
  blob text not null,
  bytes bigint not null,
  files smallint not null,
  primary key (tenant_id, blob, files)
);

insert into stored_space (tenant_id, bytes, files)
  select tenant_id, sum(size), count(*) from (
    select tenant_id, size from run_file where blob is not null
    union all select tenant_id, size from artifact_blob where blob is not null
    union all select tenant_id, size from artifact_manifest where blob is not null) stored
   group by tenant_id;

-- Versions that were given a time to live before the server kept to it
insert into deadline (tenant_id, kind, subject_id, due_at)
  select tenant_id, 'ttl', artifact_id, committed_at + ttl_seconds * interval '1 second' from artifact
   where state = 'committed' and committed_at is not null and ttl_seconds between 1 and 3153600000;

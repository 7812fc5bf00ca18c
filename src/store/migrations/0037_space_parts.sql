-- What each project's runs and each collection store, so that an entity is told what takes its space.

-- Of files of runs by their project, of files and manifests of versions by their collection; but for the changes that
-- are not added up yet
create table stored_part (
  tenant_id bigint not null,
  kind text not null check (kind in ('run', 'collection')),
  holder_id bigint not null,
  bytes bigint not null,
  files bigint not null,
  primary key (tenant_id, kind, holder_id)
);

insert into stored_part (tenant_id, kind, holder_id, bytes, files)
  select tenant_id, kind, holder_id, sum(size), count(*) from (
    select f.tenant_id, 'run' as kind, r.project_id as holder_id, f.size from run_file f
      join run r on r.tenant_id = f.tenant_id and r.run_id = f.run_id where f.blob is not null
    union all select tenant_id, 'collection', collection_id, size from artifact_blob where blob is not null
    union all select m.tenant_id, 'collection', a.collection_id, m.size from artifact_manifest m
      join artifact a on a.tenant_id = m.tenant_id and a.artifact_id = m.artifact_id where m.blob is not null) stored
   group by tenant_id, kind, holder_id;

-- What waited to be added up is in these sums, and told of no holder
insert into stored_space as s (tenant_id, bytes, files)
  select tenant_id, sum(bytes), sum(files) from stored_change group by tenant_id
  on conflict (tenant_id) do update set bytes = s.bytes + excluded.bytes, files = s.files + excluded.files;
delete from stored_change;
alter table stored_change add column kind text not null, add column holder_id bigint not null;

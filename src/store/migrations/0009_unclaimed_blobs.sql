-- What dies, and the bytes it leaves (data model, section 5).

-- Every content on disk is named by a row of run_file, artifact_blob or artifact_manifest, or else stands here: from
-- before its first byte until the transaction that gives it such a row, and from the one that takes the row away.
create table unclaimed_blob (
  tenant_id bigint not null,
  blob text not null,
  -- when its upload began; -infinity when nothing needs it any more
  wanted_at timestamptz not null,
  primary key (tenant_id, blob)
);

-- when nothing that lived in it was left
alter table project add column emptied_at timestamptz;
create index project_dead on project (id) where deleted_at is not null and emptied_at is null;

-- when no version that was logged to it lived on elsewhere
alter table collection add column emptied_at timestamptz;
create index collection_dead on collection (tenant_id, collection_id) where deleted_at is not null and emptied_at is null;

-- when its last file was removed
alter table run add column files_removed_at timestamptz;
create index run_dead on run (tenant_id, run_id) where deleted_at is not null and files_removed_at is null;

create index artifact_pending_collection on artifact (tenant_id, collection_id) where state = 'pending';

-- Of a deleted run not only the files go: those of earlier are looked at once more.

alter table run rename column files_removed_at to emptied_at;
drop index run_dead;
update run set emptied_at = null where emptied_at is not null;
create index run_dead on run (tenant_id, run_id) where deleted_at is not null and emptied_at is null;

-- The audit log (data model, section 10): what people and the system changed in definitions and settings.

-- Tells entries of one millisecond apart.
create sequence audit_serial as int minvalue 0 maxvalue 2097151 cycle;

create table audit_entry (
  -- 0: the installation itself
  tenant_id bigint not null,
  id bigint not null,
  at timestamptz not null,
  deed text not null,
  -- null: the system, for the reason given
  actor_id bigint,
  actor_name text not null,
  reason text,
  -- client address, user agent, API key by id and hint
  origin jsonb,
  subject_kind text not null,
  subject_id text not null,
  subject_name text not null,
  before jsonb,
  after jsonb,
  -- given by the sealer, after the deed's transaction
  number bigint,
  hash bytea,
  primary key (tenant_id, id),
  check ((number is null) = (hash is null)),
  check ((actor_id is null) = (reason is not null))
) partition by range (id);
create index audit_unsealed on audit_entry (tenant_id, id) where number is null;
create index audit_oldest_unsealed on audit_entry (id) where number is null;
create index audit_number on audit_entry (tenant_id, number);

-- Head of each chain; locked while entries are sealed.
create table audit_chain (
  tenant_id bigint primary key,
  number bigint not null,
  hash bytea not null
);

-- Entries with numbers in a row that were dropped with their partition. Numbers follow the order of sealing and
-- partitions that of ids, so that a month can leave several.
create table audit_anchor (
  tenant_id bigint not null,
  first_number bigint not null,
  -- of the entry before the first; null: it was missing already
  previous_hash bytea,
  -- of the last
  number bigint not null,
  hash bytea not null,
  partition text not null,
  primary key (tenant_id, first_number)
);

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only: % of % is refused', tg_op, tg_table_name using errcode = '42501';
end $$;

create function audit_sealed_once() returns trigger language plpgsql as $$
begin
  if old.number is null and new.number is not null
    and to_jsonb(new) - 'number' - 'hash' = to_jsonb(old) - 'number' - 'hash' then
    return new;
  end if;
  raise exception 'the audit log is append-only: entry % cannot change', old.id using errcode = '42501';
end $$;

create function audit_chain_grows() returns trigger language plpgsql as $$
begin
  if new.tenant_id = old.tenant_id and new.number > old.number then return new; end if;
  raise exception 'the audit log is append-only: a chain only grows' using errcode = '42501';
end $$;

create trigger audit_entry_update before update on audit_entry for each row execute function audit_sealed_once();
create trigger audit_entry_delete before delete on audit_entry for each row execute function refuse_audit_change();
create trigger audit_entry_truncate before truncate on audit_entry execute function refuse_audit_change();
create trigger audit_chain_update before update on audit_chain for each row execute function audit_chain_grows();
create trigger audit_chain_delete before delete on audit_chain for each row execute function refuse_audit_change();
create trigger audit_chain_truncate before truncate on audit_chain execute function refuse_audit_change();
create trigger audit_anchor_change before update or delete on audit_anchor
  for each row execute function refuse_audit_change();
create trigger audit_anchor_truncate before truncate on audit_anchor execute function refuse_audit_change();

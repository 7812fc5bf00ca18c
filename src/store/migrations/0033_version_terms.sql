-- What versions are found by: a filter that asks for a value of metadata reads the versions that have it, no others.

-- A value at a dotted path as a number; equal values have equal numbers.
create function metadata_term(path text, value jsonb) returns bigint
  language sql immutable strict parallel safe as $$
    select hashtextextended(length(path) || ':' || path || ':' || jsonb_typeof(value) || ':' || case jsonb_typeof(value)
      when 'number' then trim_scale((value #>> '{}')::numeric)::text else value #>> '{}' end, 0)
  $$;

-- Those of all values of metadata that are no objects, and of what lists in it hold; {0} when there are too many.
create function metadata_terms(metadata jsonb) returns bigint[]
  -- to compile what runs once for each version would cost a thousand times what it does
  language sql immutable strict parallel safe set jit = off as $$
    select case when octet_length(metadata::text) > 32768 then array[0::bigint] else (
      with recursive node (path, value) as (
        select key, value from jsonb_each(metadata)
        union all
        select below.path, below.value from node cross join lateral (
          select node.path || '.' || key, value
            from jsonb_each(case jsonb_typeof(node.value) when 'object' then node.value else '{}' end)
          union all
          select node.path, value
            from jsonb_array_elements(case jsonb_typeof(node.value) when 'array' then node.value else '[]' end)
           where jsonb_typeof(value) not in ('object', 'array')
        ) below (path, value)
      ), term as (
        select distinct metadata_term(path, value) as term from node
         where jsonb_typeof(value) not in ('object', 'array', 'null')
      )
      select case when count(*) > 256 then array[0::bigint] else coalesce(array_agg(term), '{}') end from term
    ) end
  $$;

-- One row for each of the terms of a version's metadata, at each of its places.
create table version_term (
  tenant_id bigint not null,
  collection_id bigint not null,
  term bigint not null,
  version_index int not null,
  primary key (tenant_id, collection_id, term, version_index)
);
insert into version_term (tenant_id, collection_id, term, version_index)
  select membership.tenant_id, membership.collection_id, term, membership.version_index
    from membership
    join artifact on artifact.tenant_id = membership.artifact_tenant_id and artifact.artifact_id = membership.artifact_id
    cross join unnest(metadata_terms(artifact.metadata)) term;

create index version_tag_name on version_tag (tenant_id, tag, artifact_id);
create index collection_tag_name on collection_tag (tenant_id, tag, collection_id);

-- lists of a project or registry: the newest first, and those that changed last first
create index collection_place on collection (tenant_id, project_id, collection_id) where deleted_at is null;
create index collection_changed on collection (tenant_id, project_id, updated_at, collection_id) where deleted_at is null;

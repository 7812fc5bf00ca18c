-- What versions are found by, in order: ranges of a value of metadata read the versions that are in them, no others.

drop table version_term;
drop function metadata_terms(jsonb);
drop function metadata_term(text, jsonb);

-- A dotted path of metadata as a number, one for each kind of value: 'string', 'number' or 'boolean'
create function metadata_key(path text, kind text) returns bigint
  language sql immutable strict parallel safe as $$
    select hashtextextended(length(path) || ':' || path || ':' || kind, 0)
  $$;

-- Where a text stands among others, and what tells it from those that begin alike
create function metadata_start(value text) returns text
  language sql immutable strict parallel safe as $$ select left(value, 64) $$;
create function metadata_rest(value text) returns float8
  language sql immutable strict parallel safe as $$
    select case when length(value) > 64 then hashtext(value) else 0 end::float8
  $$;

-- All values of metadata that are no objects, and what lists in it hold; one with the key 0 when there are too many,
-- and one with the key 1 when keys hold dots: then a dotted path may lead to more values than one.
create function metadata_terms(metadata jsonb) returns table (key bigint, text text, number float8)
  -- to compile what runs once for each version would cost a thousand times what it does
  language sql immutable strict parallel safe set jit = off as $$
    with recursive node (path, value, is_dotted) as (
      select path, value, strpos(path, '.') > 0 from jsonb_each(metadata) as each (path, value)
       where octet_length(metadata::text) <= 32768
      union all
      select below.path, below.value, node.is_dotted or below.is_dotted from node cross join lateral (
        select node.path || '.' || key, value, strpos(key, '.') > 0
          from jsonb_each(case jsonb_typeof(node.value) when 'object' then node.value else '{}' end)
        union all
        select node.path, value, false
          from jsonb_array_elements(case jsonb_typeof(node.value) when 'array' then node.value else '[]' end)
         where jsonb_typeof(value) not in ('object', 'array') or value in ('{"~": "Infinity"}', '{"~": "-Infinity"}')
      ) below (path, value, is_dotted)
    ), plain as (
      select path, jsonb_typeof(value) as kind, value #>> '{}' as said from node
       where jsonb_typeof(value) not in ('object', 'array', 'null')
      union all
      -- numbers that JSON has no way to write
      select path, 'number', value ->> '~' from node
       where value in ('{"~": "Infinity"}', '{"~": "-Infinity"}')
    ), term as (
      select distinct metadata_key(path, kind) as key,
        case kind when 'string' then metadata_start(said) else '' end as text,
        case kind when 'string' then metadata_rest(said) when 'number' then said::float8
          else (said = 'true')::int end as number
       from plain
    ), size as (
      select octet_length(metadata::text) > 32768 or count(*) > 256 as is_too_large from term
    )
    select term.key, term.text, term.number from term, size where not is_too_large
    union all
    select 0, '', 0 from size where is_too_large
    union all
    (select 1, '', 0 from node, size where is_dotted and not is_too_large limit 1)
  $$;

-- One row for each of the terms of a version's metadata, at each of its places.
create table version_term (
  tenant_id bigint not null,
  collection_id bigint not null,
  key bigint not null,
  text text collate "C" not null,
  number float8 not null,
  version_index int not null,
  primary key (tenant_id, collection_id, key, text, number, version_index)
);
insert into version_term (tenant_id, collection_id, key, text, number, version_index)
  select membership.tenant_id, membership.collection_id, term.key, term.text, term.number, membership.version_index
    from membership
    join artifact on artifact.tenant_id = membership.artifact_tenant_id and artifact.artifact_id = membership.artifact_id
    cross join metadata_terms(artifact.metadata) term;

-- Versions are found and ordered by their sizes as by a value of their metadata.

-- What a version is found by: the values of its metadata, and its size under the key of an empty path and that kind.
create function version_terms(metadata jsonb, size bigint) returns table (key bigint, text text, number float8)
  language sql immutable strict parallel safe set jit = off as $$
    select * from metadata_terms(metadata)
    union all
    select metadata_key('', 'size'), '', size::float8
  $$;

insert into version_term (tenant_id, collection_id, key, text, number, version_index)
  select membership.tenant_id, membership.collection_id, metadata_key('', 'size'), '', artifact.size::float8,
      membership.version_index
    from membership
    join artifact on artifact.tenant_id = membership.artifact_tenant_id and artifact.artifact_id = membership.artifact_id;

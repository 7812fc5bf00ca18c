-- While a version is uploaded nothing is known yet of how its rows are spread: whichever index is chosen, it has to lead
-- to the one file, past all others of the version
drop index artifact_blob_birth;
create index artifact_blob_birth on artifact_blob (tenant_id, birth_artifact_id, digest);

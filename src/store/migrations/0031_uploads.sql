-- Bytes that come past Tripline, straight to an object store, or in parts.

-- Where expected bytes are being put before they count: known as unclaimed, and kept as long as this says so
alter table artifact_blob add column upload_blob text;
-- what the store calls the upload, when it comes in parts
alter table artifact_blob add column upload_id text;
-- base64 MD5 of each part, as announced, in order and separated by spaces
alter table artifact_blob add column upload_parts text;
create index artifact_blob_upload on artifact_blob (tenant_id, upload_blob) where upload_blob is not null;

-- content that is logged once more, meant by its digest alone, is found among any number of versions
create index artifact_digest on artifact (tenant_id, collection_id, digest, artifact_id) where state = 'committed';

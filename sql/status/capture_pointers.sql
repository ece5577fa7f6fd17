-- purpose: the place of every capture's bytes in the archive, and their digest
-- grain: one row per record
-- key: warc_file, warc_offset
-- reads: captures
SELECT DISTINCT
    warc_file,
    warc_offset,
    warc_length,
    body_sha256
FROM captures
ORDER BY warc_file, warc_offset, body_sha256

-- purpose: the lake's own book-keeping, apart from what users ask
-- grain: writer_gate holds one row; schema_versions one row per migration of the lake
-- key: none
-- reads: none
CREATE SCHEMA internal;

CREATE TABLE internal.writer_gate (n BIGINT NOT NULL);

COMMENT ON TABLE internal.writer_gate IS 'One row, counted up by every write, so that two writers conflict';

INSERT INTO internal.writer_gate VALUES (0);

CREATE TABLE internal.schema_versions (
    version INTEGER NOT NULL,
    fingerprint VARCHAR NOT NULL,
    applied_at TIMESTAMPTZ NOT NULL
);

COMMENT ON TABLE internal.schema_versions IS 'One row per change of the schema; the newest counts';

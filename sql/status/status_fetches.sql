-- purpose: requests of the last ingest runs to each outlet's hosts, and their results
-- grain: one row per outlet and host
-- key: outlet, host
-- reads: fetches, runs
-- parameters:
--   runs integer = 10: how many ingest runs to look at
WITH latest AS (
    SELECT run_id
    FROM runs
    WHERE flow = 'ingest'
    ORDER BY run_id DESC
    LIMIT $runs
),

asked AS (
    SELECT fetches.*
    FROM fetches
    INNER JOIN latest ON fetches.run_id = latest.run_id
),

failures AS (
    SELECT
        outlet,
        host,
        unnest(map_entries(failures::JSON::MAP (VARCHAR, BIGINT))) AS failure
    FROM asked
    WHERE failures IS NOT NULL
),

counted AS (
    SELECT
        outlet,
        host,
        struct_extract(failure, 'key') AS reason,
        sum(struct_extract(failure, 'value'))::BIGINT AS failure_count
    FROM failures
    GROUP BY outlet, host, reason
),

told AS (
    SELECT
        outlet,
        host,
        string_agg(concat(reason, ': ', failure_count), ', ' ORDER BY failure_count DESC, reason ASC)
            AS failed_by_reason
    FROM counted
    GROUP BY outlet, host
),

summed AS (
    SELECT
        outlet,
        host,
        count(*) AS runs,
        sum(request_count)::BIGINT AS asked,
        sum(ok_count)::BIGINT AS ok_200,
        sum(not_modified_count)::BIGINT AS unchanged_304,
        sum(redirect_count)::BIGINT AS redirected,
        sum(failed_count)::BIGINT AS failed,
        sum(byte_count)::BIGINT AS bytes
    FROM asked
    GROUP BY outlet, host
)

SELECT
    summed.*,
    told.failed_by_reason
FROM summed
LEFT JOIN told ON summed.outlet = told.outlet AND summed.host = told.host
ORDER BY summed.outlet, summed.host

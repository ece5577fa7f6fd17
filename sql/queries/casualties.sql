-- purpose: dead and injured as each outlet prints them, each number in its sentence
-- grain: one row per figure
-- key: article_id, start_char, end_char
-- reads: figures, articles, sentences
-- parameters:
--   outlet text = null: only this outlet
--   since date = null: only articles published on this day or later
--   limit integer = 100: rows at most
-- The rows are chosen first: only theirs are the sentences that are read.
WITH told AS (
    SELECT
        figures.*,
        articles.outlet,
        articles.published_at,
        concat_ws(' ', lower(figures.counted), figures.predicate) AS words,
        -- "the number of dead has risen to 16", "the death toll stood at 16"
        list_has_any(figures.roles, ['of:dead', 'of:death', 'kind:death'])
        AND list_has_any(
            figures.roles,
            ['to:rise', 'to:climb', 'to:grow', 'to:jump', 'to:increase', 'at:stand', 'obj:reach']
        ) AS is_toll
    FROM figures
    INNER JOIN articles ON figures.article_id = articles.article_id AND figures.month = articles.month
    WHERE
        figures.kind = 'count'
        AND ($outlet::VARCHAR IS NULL OR articles.outlet = $outlet)
        AND ($since::DATE IS NULL OR articles.published_at >= $since::DATE)
),

chosen AS (
    SELECT
        told.*,
        -- "four people were killed and 23 injured": what is counted goes before what happens in the sentence
        CASE
            WHEN regexp_matches(lower(told.counted), '\b(injur|wound|hurt|casualt)') THEN 'injured'
            WHEN
                told.is_toll
                OR regexp_matches(told.words, '\b(kill(s|ed)?|die[sd]?|dead|deaths?|fatalit(y|ies)|bodies)\b')
                THEN 'dead'
            ELSE 'injured'
        END AS what
    FROM told
    WHERE
        told.is_toll
        OR regexp_matches(
            told.words,
            '\b(kill(s|ed)?|die[sd]?|dead|deaths?|fatalit(y|ies)|bodies|injur\w*|wound\w*|hurt|casualt\w*)\b'
        )
    ORDER BY
        what ASC,
        told.outlet ASC,
        told.published_at ASC NULLS LAST,
        told.article_id ASC,
        told.start_char ASC
    LIMIT $limit
),

placed AS (
    SELECT
        chosen.*,
        articles.title,
        web_address(articles.url, articles.canonical_url) AS address,
        span_of(articles.body_text, sentences.start_char, chosen.start_char) AS lead_text,
        span_of(articles.body_text, chosen.start_char, chosen.end_char) AS span_text,
        span_of(
            articles.body_text, chosen.end_char, greatest(sentences.end_char, chosen.end_char)
        ) AS tail_text
    FROM chosen
    INNER JOIN articles ON chosen.article_id = articles.article_id AND chosen.month = articles.month
    LEFT JOIN sentences
        ON
            chosen.article_id = sentences.article_id
            AND chosen.sentence_number = sentences.sentence_number
            AND chosen.month = sentences.month
)

SELECT
    outlet,
    what,
    surface,
    coalesce(low, value) AS low,
    coalesce(high, value) AS high,
    bound,
    attributed_to,
    lead_text || '⟦' || span_text || '⟧' || tail_text AS marked,
    published_at,
    title,
    link_to_words(address, lead_text, span_text) AS link,
    article_id,
    start_char,
    end_char
FROM placed
ORDER BY what ASC, outlet ASC, published_at ASC NULLS LAST, article_id ASC, start_char ASC

-- purpose: what is said of a thing's number or amount, day by day
-- grain: one row per figure
-- key: article_id, start_char, end_char
-- reads: figures_over_time, figures, articles, sentences
-- parameters:
--   counted text: what is counted, costs or lasts, or words of the question, e.g. troops
--   unit text = null: only this unit, e.g. EUR or km
--   outlet text = null: only this outlet
--   limit integer = 100: rows at most
WITH asked AS (
    SELECT *
    FROM figures_over_time
    WHERE
        (
            thing = lower($counted)
            OR contains(lower(counted), lower($counted))
            OR contains(lower(measured), lower($counted))
            OR contains(lower(question), lower($counted))
        )
        AND ($unit::VARCHAR IS NULL OR unit = $unit)
        AND ($outlet::VARCHAR IS NULL OR outlet = $outlet)
    ORDER BY published_at ASC NULLS LAST, article_id ASC, start_char ASC, end_char ASC
    LIMIT $limit
),

-- the rows are chosen first: only theirs are the texts that are read
placed AS (
    SELECT
        asked.*,
        web_address(articles.url, articles.canonical_url) AS address,
        span_of(articles.body_text, sentences.start_char, asked.start_char) AS lead_text,
        span_of(articles.body_text, asked.start_char, asked.end_char) AS span_text,
        span_of(articles.body_text, asked.end_char, greatest(sentences.end_char, asked.end_char)) AS tail_text
    FROM asked
    INNER JOIN articles ON asked.article_id = articles.article_id AND asked.month = articles.month
    INNER JOIN figures
        ON
            asked.article_id = figures.article_id
            AND asked.start_char = figures.start_char
            AND asked.end_char = figures.end_char
            AND asked.month = figures.month
    LEFT JOIN sentences
        ON
            figures.article_id = sentences.article_id
            AND figures.sentence_number = sentences.sentence_number
            AND figures.month = sentences.month
)

SELECT
    published_at,
    outlet,
    surface,
    question,
    counted,
    measured,
    bound,
    value AS reading,
    low,
    high,
    unit,
    verdict,
    is_suspect,
    lead_text || '⟦' || span_text || '⟧' || tail_text AS marked,
    title,
    link_to_words(address, lead_text, span_text) AS link,
    question_id,
    article_id,
    start_char,
    end_char
FROM placed
ORDER BY published_at ASC NULLS LAST, article_id ASC, start_char ASC, end_char ASC

-- purpose: every figure in its sentence, with the outlet, the headline and a link that leads to the words
-- grain: one row per figure
-- key: article_id, start_char, end_char
-- reads: figures, articles, sentences
-- columns:
--   sentence: The sentence it starts in, on to the end of the span where that is later; null where no
--     sentence is known
--   marked: The same with the span between ⟦ and ⟧
--   link: The address of the article with a text fragment: a browser scrolls to the words; null without
--     a web address
--   page: Where the dashboard shows the span in the article's text
WITH placed AS (
    SELECT
        articles.outlet,
        articles.title,
        articles.published_at,
        articles.url,
        CASE
            WHEN regexp_matches(articles.url, '^https?://') THEN articles.url
            ELSE articles.canonical_url
        END AS web_url,
        figures.surface,
        figures.kind,
        figures.value,
        figures.low,
        figures.high,
        figures.bound,
        figures.unit,
        figures.counted,
        figures.is_suspect,
        figures.suspect_reason,
        figures.article_id,
        figures.start_char,
        figures.end_char,
        figures.month,
        substr(
            articles.body_text, sentences.start_char + 1, figures.start_char - sentences.start_char
        ) AS lead_text,
        substr(
            articles.body_text, figures.start_char + 1, figures.end_char - figures.start_char
        ) AS span_text,
        substr(
            articles.body_text,
            figures.end_char + 1,
            greatest(sentences.end_char - figures.end_char, 0)
        ) AS tail_text
    FROM figures
    INNER JOIN articles
        ON figures.article_id = articles.article_id AND figures.month = articles.month
    LEFT JOIN sentences
        ON
            figures.article_id = sentences.article_id
            AND figures.month = sentences.month
            AND figures.sentence_number = sentences.sentence_number
)

SELECT
    placed.outlet,
    placed.surface,
    placed.kind,
    placed.value,
    placed.low,
    placed.high,
    placed.bound,
    placed.unit,
    placed.counted,
    placed.is_suspect,
    placed.suspect_reason,
    placed.lead_text || placed.span_text || placed.tail_text AS sentence,
    placed.lead_text || '⟦' || placed.span_text || '⟧' || placed.tail_text AS marked,
    placed.title,
    placed.published_at,
    placed.url,
    CASE
        WHEN regexp_matches(placed.web_url, '^https?://')
            THEN concat(
                regexp_replace(placed.web_url, '#.*$', ''),
                '#:~:text=',
                -- the three words before the span tell it from the same words elsewhere on the page
                coalesce(
                    replace(
                        url_encode(nullif(trim(regexp_extract(placed.lead_text, '(\S+\s+){1,3}$')), '')),
                        '-',
                        '%2D'
                    ) || '-,',
                    ''
                ),
                replace(url_encode(placed.span_text), '-', '%2D')
            )
    END AS link,
    concat('/articles/', placed.article_id, '#c', placed.start_char) AS page,
    placed.article_id,
    placed.start_char,
    placed.end_char,
    placed.month
FROM placed

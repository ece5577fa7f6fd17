-- purpose: quotations that outlets changed, added or removed in articles after publication
-- grain: one row per change
-- key: capture_id, change_number
-- reads: quotation_changes, articles, story_articles
-- columns:
--   printed_before: The words before the edit
--   printed_after: The words after it
--   before_speaker: Who said it, as printed before
--   story_id: The story of the article
SELECT
    articles.outlet,
    articles.title,
    quotation_changes.change,
    quotation_changes.before_text AS printed_before,
    quotation_changes.text AS printed_after,
    quotation_changes.before_speaker,
    quotation_changes.speaker,
    quotation_changes.before_sentence,
    quotation_changes.sentence,
    quotation_changes.before_fetched_at,
    quotation_changes.fetched_at,
    articles.published_at,
    articles.url,
    story_articles.story_id,
    quotation_changes.article_id,
    quotation_changes.start_char,
    quotation_changes.end_char,
    quotation_changes.capture_id,
    quotation_changes.change_number,
    quotation_changes.month
FROM quotation_changes
INNER JOIN articles
    ON quotation_changes.article_id = articles.article_id AND quotation_changes.month = articles.month
LEFT JOIN story_articles
    ON
        quotation_changes.article_id = story_articles.article_id
        AND quotation_changes.month = story_articles.month

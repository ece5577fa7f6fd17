-- purpose: articles, each with its story and the capture that it was made from
-- grain: one row per article
-- key: article_id
-- reads: articles, captures, story_articles, stories, duplicates
-- parameters:
--   article_ids texts: the articles
SELECT
    articles.article_id,
    articles.outlet,
    articles.url,
    articles.canonical_url,
    articles.title,
    articles.authors,
    articles.published_at,
    articles.published_precision,
    articles.language,
    articles.body_text,
    articles.word_count,
    articles.is_truncated,
    articles.code_version,
    articles.run_id,
    articles.capture_id,
    captures.fetched_at,
    captures.byte_count,
    captures.body_sha256,
    captures.warc_file,
    captures.warc_offset,
    captures.warc_length,
    stories.story_id,
    stories.title AS story_title,
    duplicates.original_article_id,
    duplicates.relation AS copy_relation
FROM articles
LEFT JOIN captures ON articles.capture_id = captures.capture_id
LEFT JOIN story_articles
    ON articles.article_id = story_articles.article_id AND articles.month = story_articles.month
LEFT JOIN stories ON story_articles.story_id = stories.story_id
LEFT JOIN duplicates ON articles.article_id = duplicates.article_id AND articles.month = duplicates.month
WHERE list_contains($article_ids, articles.article_id)

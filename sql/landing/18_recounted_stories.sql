-- purpose: recount the stories that lost an article
-- grain: one row per story
-- key: story_id
-- reads: shrunk_stories, story_articles, articles
-- writes: stories
-- needs: detached
UPDATE lake.main.stories AS story
SET
    article_count = counted.article_count,
    outlet_count = counted.outlet_count,
    first_published_at = counted.first_published_at,
    last_published_at = counted.last_published_at
FROM (
    SELECT
        member.story_id,
        count(*) AS article_count,
        count(DISTINCT article.outlet) AS outlet_count,
        min(article.published_at) AS first_published_at,
        max(article.published_at) AS last_published_at
    FROM lake.main.story_articles AS member
    INNER JOIN lake.main.articles AS article ON member.article_id = article.article_id
    WHERE member.story_id IN (SELECT shrunk_stories.story_id FROM shrunk_stories)
    GROUP BY member.story_id
) AS counted
WHERE story.story_id = counted.story_id;

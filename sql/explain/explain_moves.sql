-- purpose: the moves of an article from one story to another, the newest first
-- grain: one row per move
-- key: moved_at, from_story_id, to_story_id
-- reads: story_moves
-- parameters:
--   article_id text: the article
SELECT
    moved_at,
    from_story_id,
    to_story_id,
    reason,
    log_odds,
    run_id
FROM story_moves
WHERE article_id = $article_id
ORDER BY moved_at DESC, from_story_id ASC, to_story_id ASC

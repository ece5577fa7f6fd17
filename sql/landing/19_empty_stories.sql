-- purpose: delete the stories that lost their last article
-- grain: one row per story
-- key: story_id
-- reads: shrunk_stories, story_articles
-- writes: stories
-- needs: detached
DELETE FROM lake.main.stories
WHERE
    story_id IN (SELECT shrunk_stories.story_id FROM shrunk_stories)
    AND story_id NOT IN (SELECT member.story_id FROM lake.main.story_articles AS member);

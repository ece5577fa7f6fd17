-- purpose: a person's name as each outlet of a story writes it: Zelinsky, Zelensky
-- grain: one row per story, person, spelling and outlet
-- key: story_id, person, spelling, outlet
-- reads: mentions, articles, story_articles
-- columns:
--   person: The spelling that most outlets of the story print
--   spelling: The full name as this outlet writes it
--   is_usual: It is the spelling that most outlets print
--   spelling_count: Different spellings of the name in the story
--   outlet_count: Outlets that print this spelling
--   mention_count: How often this outlet prints it
--   example_article_id: An article that prints it
--   example_start_char: Where it is printed there
WITH printed AS (
    SELECT
        story_articles.story_id,
        articles.outlet,
        regexp_replace(regexp_replace(mentions.surface, '[’'']s$', ''), '\s+', ' ', 'g') AS spelling,
        mentions.article_id,
        mentions.start_char
    FROM mentions
    INNER JOIN story_articles
        ON mentions.article_id = story_articles.article_id AND mentions.month = story_articles.month
    INNER JOIN articles
        ON mentions.article_id = articles.article_id AND mentions.month = articles.month
    -- a full name in mixed case: headings in capitals spell nothing differently
    WHERE
        mentions.entity_type = 'person'
        AND contains(mentions.surface, ' ')
        AND upper(mentions.surface) <> mentions.surface
),

spellings AS (
    SELECT
        story_id,
        spelling,
        count(DISTINCT outlet) AS outlet_count,
        count(*) AS mention_count,
        -- as it sounds: Raphael and Rafael, Nadeer and Nadir, Estéban and Esteban, Hale-Orr and Hale Orr
        replace(
            replace(
                replace(replace(replace(strip_accents(lower(spelling)), 'ph', 'f'), 'ee', 'i'), 'oo', 'u'),
                'th', 't'
            ),
            '-', ' '
        ) AS letters,
        -- without doubled letters
        array_to_string(
            list_filter(
                string_split(letters, ''), (letter, place) -> place = 1 OR letter <> letters[place - 1]
            ),
            ''
        ) AS sound,
        regexp_extract(sound, '^\S+') AS first_name,
        regexp_extract(sound, '\S+$') AS last_name
    FROM printed
    GROUP BY story_id, spelling
),

-- the same person: one of both names sounds the same, and the other differs by two letters at most
alike AS (
    SELECT
        mine.story_id,
        mine.spelling,
        arg_max(
            other.spelling, (other.outlet_count, other.mention_count, -length(other.spelling), other.spelling)
        ) AS person
    FROM spellings AS mine
    INNER JOIN spellings AS other
        ON
            mine.story_id = other.story_id
            AND (
                mine.sound = other.sound
                OR (
                    mine.first_name = other.first_name
                    AND length(mine.last_name) > 4
                    AND damerau_levenshtein(mine.last_name, other.last_name) <= 2
                    AND left(mine.last_name, 2) = left(other.last_name, 2)
                )
                OR (
                    mine.last_name = other.last_name
                    AND length(mine.first_name) > 4
                    AND damerau_levenshtein(mine.first_name, other.first_name) <= 1
                )
            )
    GROUP BY mine.story_id, mine.spelling
),

counted AS (
    SELECT
        alike.*,
        count(*) OVER (PARTITION BY alike.story_id, alike.person) AS spelling_count
    FROM alike
)

SELECT
    counted.story_id,
    counted.person,
    counted.spelling,
    printed.outlet,
    counted.person = counted.spelling AS is_usual,
    counted.spelling_count,
    spellings.outlet_count,
    count(*) AS mention_count,
    min(printed.article_id) AS example_article_id,
    arg_min(printed.start_char, (printed.article_id, printed.start_char)) AS example_start_char
FROM printed
INNER JOIN counted ON printed.story_id = counted.story_id AND printed.spelling = counted.spelling
INNER JOIN spellings ON printed.story_id = spellings.story_id AND printed.spelling = spellings.spelling
GROUP BY ALL

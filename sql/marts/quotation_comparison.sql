-- purpose: the same words as two outlets of a story print them: same, shortened or different, and
--   whether both name the same speaker. Quotations meet if one holds the other, if they share runs of
--   four words that make seven, or two thirds of their words
-- grain: one row per pair of quotations of two outlets
-- key: story_id, article_id, start_char, other_article_id, other_start_char
-- reads: quotations, articles, story_articles
-- columns:
--   other_outlet: The outlet of the other quotation
--   quotation: The words as `outlet` prints them
--   other_quotation: The words as `other_outlet` prints them
--   other_speaker: Speaker of the other quotation, as printed
--   verdict: same, shortened (one holds the other) or different
--   alignment: verbatim, clipped, reworded, or put into the mouth of another speaker
--   is_same_speaker: Whether both name the same speaker; null if one names no speaker or it is unclear
--   similarity_ratio: Share of different words that both hold
--   other_article_id: The article of the other quotation
--   other_start_char: First code point of the other quotation
--   other_end_char: One past its last code point
WITH words AS (
    SELECT
        quotations.article_id,
        quotations.start_char,
        quotations.end_char,
        quotations.text AS words_text,
        quotations.speaker,
        quotations.speaker_entity_id,
        quotations.is_anonymous,
        story_articles.story_id,
        articles.outlet,
        -- the text of an article that only says "he" or "she"
        CASE
            WHEN lower(quotations.speaker) IN ('he', 'she', 'they') THEN lower(articles.body_text)
            ELSE ''
        END AS pronoun_text,
        list_filter(
            regexp_split_to_array(lower(quotations.text), '[^\w]+'), word -> word <> ''
        ) AS words
    FROM quotations
    INNER JOIN story_articles
        ON quotations.article_id = story_articles.article_id AND quotations.month = story_articles.month
    INNER JOIN articles
        ON quotations.article_id = articles.article_id AND quotations.month = articles.month
    WHERE quotations.kind <> 'indirect'
),

-- the stories with quotations of two or of three words
short AS (
    SELECT DISTINCT
        story_id,
        len(words) AS size
    FROM words
    WHERE len(words) IN (2, 3)
),

-- runs of four words of each quotation; of two and three words where a story has so short ones, to find
-- these in longer ones
shingles AS (
    SELECT
        words.story_id,
        words.outlet,
        words.article_id,
        words.start_char,
        sizes.size,
        len(words.words) = sizes.size AS is_whole,
        unnest(
            list_distinct(
                list_transform(
                    range(1, len(words.words) - sizes.size + 2),
                    place -> array_to_string(
                        list_slice(words.words, place, place + sizes.size - 1), ' '
                    )
                )
            )
        ) AS shingle
    FROM words
    INNER JOIN (VALUES (2), (3), (4)) AS sizes (size) ON len(words.words) >= sizes.size
    LEFT JOIN short ON words.story_id = short.story_id AND sizes.size = short.size
    WHERE sizes.size = 4 OR short.story_id IS NOT NULL
),

pairs AS (
    SELECT
        mine.story_id,
        mine.article_id,
        mine.start_char,
        other.article_id AS other_article_id,
        other.start_char AS other_start_char,
        count(*) FILTER (WHERE mine.size = 4) AS shared_runs
    FROM shingles AS mine
    INNER JOIN shingles AS other
        ON
            mine.story_id = other.story_id
            AND mine.size = other.size
            AND mine.shingle = other.shingle
            AND mine.outlet < other.outlet
    WHERE mine.size = 4 OR mine.is_whole OR other.is_whole
    GROUP BY ALL
),

compared AS (
    SELECT
        pairs.story_id,
        mine.outlet,
        other.outlet AS other_outlet,
        mine.words_text AS quotation,
        other.words_text AS other_quotation,
        mine.speaker,
        other.speaker AS other_speaker,
        CASE
            WHEN mine.words = other.words THEN 'same'
            WHEN
                contains(array_to_string(mine.words, ' '), array_to_string(other.words, ' '))
                OR contains(array_to_string(other.words, ' '), array_to_string(mine.words, ' '))
                THEN 'shortened'
            ELSE 'different'
        END AS verdict,
        CASE
            WHEN mine.speaker IS NULL OR other.speaker IS NULL THEN NULL
            WHEN mine.speaker_entity_id = other.speaker_entity_id THEN TRUE
            WHEN lower(mine.speaker) = lower(other.speaker) AND NOT mine.is_anonymous THEN TRUE
            -- "police" can be the officer whom another outlet names
            WHEN
                mine.is_anonymous
                OR other.is_anonymous
                -- "she" can be the speaker of the other outlet, if the article names her
                OR contains(mine.pronoun_text, regexp_extract(lower(other.speaker), '\S+$'))
                OR contains(other.pronoun_text, regexp_extract(lower(mine.speaker), '\S+$'))
                OR (mine.speaker_entity_id IS NULL) <> (other.speaker_entity_id IS NULL)
                THEN NULL
            ELSE
                -- Wetzler, Welzler
                damerau_levenshtein(
                    regexp_extract(lower(mine.speaker), '\w+$'), regexp_extract(lower(other.speaker), '\w+$')
                )
                <= CASE
                    WHEN
                        contains(mine.speaker, ' ')
                        AND regexp_extract(lower(mine.speaker), '^\w+')
                        = regexp_extract(lower(other.speaker), '^\w+')
                        THEN 2
                    ELSE least(length(regexp_extract(mine.speaker, '\w+$')) // 5, 2)
                END
                OR contains(lower(mine.speaker), lower(other.speaker))
                OR contains(lower(other.speaker), lower(mine.speaker))
        END AS is_same_speaker,
        pairs.shared_runs,
        least(len(mine.words), len(other.words)) AS word_count,
        regexp_matches(mine.words_text, '\b[a-z]')
        AND regexp_matches(other.words_text, '\b[a-z]') AS is_no_name,
        len(list_intersect(mine.words, other.words))
        / greatest(len(list_distinct(mine.words)), len(list_distinct(other.words))) AS similarity_ratio,
        pairs.article_id,
        pairs.start_char,
        mine.end_char,
        pairs.other_article_id,
        pairs.other_start_char,
        other.end_char AS other_end_char
    FROM pairs
    INNER JOIN words AS mine ON pairs.article_id = mine.article_id AND pairs.start_char = mine.start_char
    INNER JOIN words AS other
        ON pairs.other_article_id = other.article_id AND pairs.other_start_char = other.start_char
)

SELECT
    compared.* EXCLUDE (compared.shared_runs, compared.word_count, compared.is_no_name),
    CASE
        WHEN NOT compared.is_same_speaker THEN 'another speaker'
        WHEN compared.verdict = 'same' THEN 'verbatim'
        WHEN compared.verdict = 'shortened' THEN 'clipped'
        ELSE 'reworded'
    END AS alignment
FROM compared
WHERE
    compared.verdict = 'same'
    OR (
        compared.verdict = 'shortened'
        -- a name or a term in marks is found in what anybody says
        AND (
            compared.word_count > 3
            OR (compared.is_no_name AND coalesce(compared.is_same_speaker, compared.word_count = 3))
        )
    )
    -- a run of k words holds k - 3 runs of four
    OR (compared.verdict = 'different' AND (compared.shared_runs > 3 OR compared.similarity_ratio >= 0.65))

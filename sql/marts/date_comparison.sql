-- purpose: pairs of dates that two outlets of a story give for the same event, because their sentences share
--   what happens then; English only
-- grain: one row per pair of dates of two outlets
-- key: article_id, start_char, other_article_id, other_start_char
-- reads: dates, articles, story_articles, sentences, duplicates
-- columns:
--   other_outlet: The outlet of the other date
--   event_date: The day that `outlet` gives; the middle day of a week or a month; null where the article has
--     no date, so that the year is unknown
--   other_event_date: The day that `other_outlet` gives
--   other_surface: The other date as printed
--   other_granularity: How precise the words of the other date are
--   verdict: agree (the same day), overlap (both can be true: a month that holds the day, a night into the
--     next morning) or conflict (another day for the same thing, and neither article gives the other's day)
--   shared_words: Words that both sentences use for what happens on the day, as base forms; if two verbs tell
--     it ("convicted", "found guilty"), first what both mean
--   sentence: The sentence that the date is in
--   other_sentence: The sentence of the other date
--   is_copy: Whether one of the two articles repeats another (see duplicates)
--   other_article_id: The article of the other date
--   other_start_char: First code point of the other date
--   other_end_char: One past its last code point
WITH happenings AS (
    -- verbs that tell one thing; with `says`, only in a sentence that says so. Two steps of one affair
    -- (arrest and charge, conviction and sentence) are two things.
    SELECT
        told_by.verb,
        list({ 'happening': told_by.happening, 'says': told_by.says }) AS tellings
    FROM (
        VALUES
        ('held', 'arrest', ''),
        ('held', 'detain', ''),
        ('held', 'apprehend', ''),
        ('held', 'take', 'into custody'),
        ('convicted', 'convict', ''),
        ('convicted', 'find', 'found guilty'),
        ('acquitted', 'acquit', ''),
        ('acquitted', 'find', 'not guilty'),
        ('acquitted', 'clear', 'cleared of'),
        ('died', 'die', ''),
        ('died', 'pass', 'passed away'),
        ('died', 'succumb', ''),
        ('killed', 'kill', ''),
        ('killed', 'murder', ''),
        ('killed', 'slay', ''),
        ('killed', 'assassinate', ''),
        ('killed', 'shoot', 'shot dead'),
        ('killed', 'shoot', 'shot to death'),
        ('killed', 'stab', 'stabbed to death'),
        ('killed', 'gun', 'gunned down'),
        ('shot', 'shoot', ''),
        ('shot', 'open', 'opened fire'),
        ('shot', 'gun', 'gunned down'),
        ('collapsed', 'collapse', ''),
        ('collapsed', 'collaps', ''),
        ('collapsed', 'give', 'gave way'),
        ('collapsed', 'cave', 'caved in'),
        ('sank', 'sink', ''),
        ('sank', 'go', 'went down'),
        ('sank', 'founder', ''),
        ('exploded', 'explode', ''),
        ('exploded', 'detonate', ''),
        ('exploded', 'go', 'went off'),
        ('exploded', 'blow', 'blew up'),
        ('began', 'begin', ''),
        ('began', 'start', ''),
        ('began', 'commence', ''),
        ('began', 'break', 'broke out'),
        ('began', 'take', 'effect'),
        ('began', 'come', 'into force'),
        ('began', 'enter', 'into force'),
        ('closed', 'close', ''),
        ('closed', 'shut', ''),
        ('released', 'release', ''),
        ('released', 'free', ''),
        ('released', 'go', 'let go'),
        ('released', 'let', 'let go'),
        ('released', 'walk', 'walked free'),
        ('resigned', 'resign', ''),
        ('resigned', 'step', 'stepped down'),
        ('resigned', 'quit', ''),
        ('dismissed', 'dismiss', ''),
        ('dismissed', 'sack', ''),
        ('dismissed', 'fire', 'was fired'),
        ('bought', 'buy', ''),
        ('bought', 'purchase', ''),
        ('bought', 'acquire', ''),
        ('married', 'marry', ''),
        ('married', 'wed', ''),
        ('abducted', 'abduct', ''),
        ('abducted', 'kidnap', '')
    ) AS told_by (happening, verb, says)
    GROUP BY told_by.verb
),

placed AS (
    SELECT
        story_articles.story_id,
        articles.outlet,
        dates.article_id,
        dates.start_char,
        dates.end_char,
        dates.surface,
        dates.granularity,
        dates.starts_at,
        dates.ends_at,
        lower(dates.surface) AS printed,
        lower(dates.predicate) AS raw_predicate,
        list_transform(dates.roles, role -> lower(split_part(role, ':', 2))) AS role_words,
        span_of(articles.body_text, sentences.start_char, sentences.end_char) AS sentence,
        lower(span_of(articles.body_text, greatest(dates.start_char - 12, 0), dates.end_char + 12)) AS around,
        duplicates.article_id IS NOT NULL AS is_copy,
        -- who or what it happens to: the object, or the subject if there is no object.
        -- Words such as "man" are left out: they could mean anybody.
        list_filter(
            list_transform(
                list_filter(
                    dates.roles,
                    role -> split_part(role, ':', 1)
                    = if(len(list_filter(dates.roles, own -> own LIKE 'obj:%')) = 0, 'subj', 'obj')
                ),
                role -> regexp_replace(lower(split_part(role, ':', 2)), 's$', '')
            ),
            word -> NOT list_contains(
                ['people', 'person', 'man', 'woman', 'who', 'that', 'it', 'he', 'she', 'they'], word
            )
            -- "opened fire" is not said of a fire
            AND NOT (word = 'fire' AND dates.predicate = 'open')
        ) AS undergoers
    FROM dates
    INNER JOIN story_articles
        ON dates.article_id = story_articles.article_id AND dates.month = story_articles.month
    INNER JOIN articles ON dates.article_id = articles.article_id AND dates.month = articles.month
    LEFT JOIN sentences
        ON
            dates.article_id = sentences.article_id
            AND dates.sentence_number = sentences.sentence_number
            AND dates.month = sentences.month
    LEFT JOIN duplicates ON dates.article_id = duplicates.article_id AND dates.month = duplicates.month
    WHERE
        -- the day of a statement, and the end of a span, are not the day of the event
        dates.predicate NOT IN (
            'say', 'tell', 'announce', 'report', 'update', 'add', 'write', 'post', 'publish', 'confirm',
            'state', 'release', 'explain', 'note', 'declare', 'reveal', 'learn', 'believe', 'know', 'ask'
        )
        AND NOT regexp_matches(
            dates.roles[1], '^(since|until|till|before|after|by|from|through|to|between|as):'
        )
        AND (
            dates.granularity IN ('day', 'week', 'month')
            -- an hour without a day takes the day of publication, which nobody has printed
            OR regexp_matches(
                lower(dates.surface),
                '(mon|tues|wednes|thurs|fri|satur|sun)day|\b(mon|tue|wed|thu|fri|sat|sun)\b'
                || '|\b(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? ?\d'
                || '|\d (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\d/\d'
                || '|today|tonight|yesterday|tomorrow|last night|this (morning|afternoon|evening)'
            )
        )
),

told AS (
    SELECT
        placed.*,
        placed.granularity IN ('week', 'month') AS is_coarse,
        (placed.starts_at + (placed.ends_at - placed.starts_at) / 2)::DATE AS given_date,
        -- of an article without a date: "January 10", in no year, and "Thursday"
        regexp_extract(
            placed.printed,
            '\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (\d{1,2})\b',
            ['month', 'number']
        ) AS month_first,
        regexp_extract(
            placed.printed,
            '\b(\d{1,2})(?:st|nd|rd|th)? (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)',
            ['number', 'month']
        ) AS day_first,
        regexp_extract(placed.printed, '(mon|tues|wednes|thurs|fri|satur|sun)day') AS day_printed,
        -- Saturday night lasts until Sunday morning
        placed.ends_at + CASE
            WHEN placed.granularity = 'part_of_day' AND regexp_matches(placed.printed, 'night|late|evening')
                THEN INTERVAL 6 HOUR
            ELSE INTERVAL 0 HOUR
        END AS lasts_until,
        regexp_matches(
            placed.around, '\b(late|night|overnight|evening|early|midnight)\b|a\.?m\b'
        ) AS is_near_night,
        regexp_matches(placed.around, '\b(night|overnight|early|midnight)\b|a\.?m\b') AS is_near_morning,
        regexp_replace(placed.raw_predicate, '^(\w{4,})(ing|ed)$', '\1') AS predicate,
        placed.raw_predicate IN (
            'hold', 'take', 'have', 'be', 'begin', 'start', 'make', 'set', 'schedul', 'plan'
        ) AS is_bare,
        list_distinct(
            list_filter(
                list_transform(
                    list_prepend(placed.raw_predicate, placed.role_words),
                    word -> regexp_replace(word, '^(\w{4,})(ing|ed)$', '\1')
                ),
                word -> regexp_matches(word, '^[a-z][\w''’-]{2,}$')
                AND word NOT IN (
                    'have', 'take', 'get', 'come', 'make', 'begin', 'start', 'hold',
                    'remain', 'scene', 'man', 'woman', 'people', 'person', 'police',
                    'officer', 'his', 'her', 'its', 'their', 'she', 'they', 'who',
                    'that', 'this', 'which', 'himself', 'herself', 'near', 'other',
                    'last', 'early', 'late', 'around', 'about', 'shortly', 'just',
                    'the', 'day', 'week', 'month', 'year', 'time', 'hour', 'minute',
                    'morn', 'night', 'even', 'afternoon', 'monday', 'tuesday',
                    'wednesday', 'thursday', 'friday', 'saturday', 'sunday'
                )
            )
        ) AS words,
        -- words of four letters or more, without their plural's s; repeated ones count once where lists meet
        list_transform(
            regexp_extract_all(lower(placed.sentence), '\b[a-z]\w{3,}'),
            word -> if(ends_with(word, 's'), word[:-2], word)
        ) AS said,
        coalesce(
            list_distinct(
                list_transform(
                    list_filter(
                        happenings.tellings, telling -> contains(lower(placed.sentence), telling.says)
                    ),
                    telling -> telling.happening
                )
            ),
            []
        ) AS told_happenings
    FROM placed
    LEFT JOIN happenings ON placed.raw_predicate = happenings.verb
),

named AS (
    SELECT
        told.*,
        coalesce(
            strftime(told.given_date, '%m-%d'),
            try_strptime(
                nullif(concat(told.month_first.month, told.day_first.month), '')
                || ' '
                || concat(told.month_first.number, told.day_first.number)
                || ' 2000',
                '%b %d %Y'
            ).strftime ('%m-%d')
        ) AS month_day,
        lower(coalesce(strftime(told.given_date, '%A'), nullif(told.day_printed, ''))) AS day_name
    FROM told
    WHERE
        (told.given_date IS NOT NULL OR NOT told.is_coarse)
        -- "in the night to 4 May" is read as another night
        AND NOT (
            told.granularity = 'part_of_day'
            AND coalesce(
                abs(
                    day(told.starts_at)
                    - try_cast(concat(told.month_first.number, told.day_first.number) AS INTEGER)
                ) BETWEEN 2 AND 29,
                FALSE
            )
        )
),

-- read twice, and made anew each time: kept in memory, the pairs of a large lake would take gigabytes
pairs AS NOT MATERIALIZED (
    SELECT
        mine.story_id,
        mine.outlet,
        other.outlet AS other_outlet,
        mine.given_date AS event_date,
        other.given_date AS other_event_date,
        mine.surface,
        other.surface AS other_surface,
        mine.granularity,
        other.granularity AS other_granularity,
        mine.predicate,
        other.predicate AS other_predicate,
        mine.printed,
        other.printed AS other_printed,
        mine.sentence,
        other.sentence AS other_sentence,
        mine.said,
        other.said AS other_said,
        mine.is_copy OR other.is_copy AS is_copy,
        mine.is_bare OR other.is_bare AS is_bare,
        -- the evening of the first day, or the small hours of the next
        if(
            coalesce(mine.given_date < other.given_date, mine.month_day < other.month_day),
            mine.is_near_night OR other.is_near_morning,
            other.is_near_night OR mine.is_near_morning
        ) AS is_near_night,
        mine.article_id,
        mine.start_char,
        mine.end_char,
        other.article_id AS other_article_id,
        other.start_char AS other_start_char,
        other.end_char AS other_end_char,
        list_sort(list_intersect(mine.words, other.words)) AS shared_words,
        list_has_any(mine.words, other.words) AS do_share_words,
        if(
            mine.predicate = other.predicate,
            []::VARCHAR[],
            list_sort(list_intersect(mine.told_happenings, other.told_happenings))
        ) AS shared_happenings,
        mine.undergoers,
        other.undergoers AS other_undergoers,
        NOT mine.is_coarse AND NOT other.is_coarse AS are_days,
        CASE
            WHEN mine.given_date IS NOT NULL AND other.given_date IS NOT NULL
                THEN abs(date_diff('day', mine.given_date, other.given_date))
            WHEN mine.month_day IS NOT NULL AND other.month_day IS NOT NULL
                THEN abs(
                    date_diff('day', ('2000-' || mine.month_day)::DATE, ('2000-' || other.month_day)::DATE)
                )
            WHEN mine.day_name = other.day_name THEN 0
        END AS days_apart,
        coalesce(mine.starts_at < other.lasts_until AND other.starts_at < mine.lasts_until, FALSE) AS do_meet
    FROM named AS mine
    INNER JOIN named AS other ON mine.story_id = other.story_id AND mine.outlet < other.outlet
    WHERE NOT (mine.is_coarse AND other.is_coarse)
),

-- dates of two articles that give the same day for the same thing
alike AS (
    SELECT
        pairs.article_id,
        pairs.start_char,
        pairs.other_article_id,
        pairs.other_start_char
    FROM pairs
    WHERE pairs.are_days AND pairs.days_apart = 0 AND pairs.do_share_words
),

-- dates whose day the other article gives too
mine_known AS (
    SELECT DISTINCT
        article_id,
        start_char,
        other_article_id
    FROM alike
),

other_known AS (
    SELECT DISTINCT
        article_id,
        other_article_id,
        other_start_char
    FROM alike
),

judged AS (
    SELECT
        pairs.*,
        CASE
            WHEN pairs.are_days AND pairs.days_apart = 0 THEN 'agree'
            WHEN pairs.do_meet THEN 'overlap'
            WHEN pairs.are_days AND pairs.days_apart = 1 AND pairs.is_near_night THEN 'overlap'
            WHEN pairs.are_days AND pairs.days_apart <= 31 THEN 'conflict'
        END AS verdict,
        pairs.is_bare
        OR list_contains(pairs.shared_words, pairs.predicate)
        OR list_contains(pairs.shared_words, pairs.other_predicate)
        OR len(pairs.shared_happenings) > 0 AS share_predicate
    FROM pairs
)

SELECT
    judged.story_id,
    judged.outlet,
    judged.other_outlet,
    judged.event_date,
    judged.other_event_date,
    judged.surface,
    judged.other_surface,
    judged.granularity,
    judged.other_granularity,
    judged.verdict,
    list_concat(judged.shared_happenings, judged.shared_words) AS shared_words,
    judged.sentence,
    judged.other_sentence,
    judged.is_copy,
    judged.article_id,
    judged.start_char,
    judged.end_char,
    judged.other_article_id,
    judged.other_start_char,
    judged.other_end_char
FROM judged
LEFT JOIN mine_known
    ON
        judged.article_id = mine_known.article_id
        AND judged.start_char = mine_known.start_char
        AND judged.other_article_id = mine_known.other_article_id
LEFT JOIN other_known
    ON
        judged.article_id = other_known.article_id
        AND judged.other_article_id = other_known.other_article_id
        AND judged.other_start_char = other_known.other_start_char
WHERE
    (
        judged.verdict = 'agree'
        AND (
            len(judged.shared_words) > 1
            OR (len(judged.shared_words) = 1 AND judged.share_predicate)
            -- one day, and sentences that speak of the same
            OR len(list_intersect(judged.said, judged.other_said)) > 3
        )
    )
    OR (judged.verdict = 'overlap' AND len(judged.shared_words) > 0 AND judged.share_predicate)
    OR (
        judged.verdict = 'conflict'
        AND (
            (len(judged.shared_words) > 1 AND judged.predicate = judged.other_predicate)
            -- in other words, of one person or thing, or of nobody in particular
            OR (
                len(judged.shared_happenings) > 0
                AND (
                    (
                        len(judged.shared_words) > 1
                        AND len(judged.undergoers) + len(judged.other_undergoers) = 0
                    )
                    OR (
                        (
                            list_has_any(
                                judged.undergoers, list_concat(judged.other_said, judged.other_undergoers)
                            )
                            OR list_has_any(
                                judged.other_undergoers, list_concat(judged.said, judged.undergoers)
                            )
                        )
                        AND (
                            len(judged.shared_words) > 1
                            OR len(list_intersect(judged.said, judged.other_said)) > 1
                        )
                    )
                )
            )
        )
        -- "two days ago" in two articles is counted from two days
        AND judged.printed <> judged.other_printed
        AND mine_known.article_id IS NULL
        AND other_known.article_id IS NULL
    )

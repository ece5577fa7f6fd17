-- purpose: a speaker without a name in the article is not a person in entities
-- grain: one row per quotation of an unnamed speaker with a person's entity
-- key: article_id, start_char
-- reads: quotations, entities
SELECT
    quotations.article_id,
    quotations.start_char,
    quotations.speaker,
    entities.name
FROM quotations
INNER JOIN entities ON quotations.speaker_entity_id = entities.entity_id
WHERE quotations.is_anonymous AND entities.entity_type = 'person'

"""Names in other languages than English, without a model: by tables, titles, verbs of saying and given names.

The words come from `tasks/extract/languages/<code>/names.toml`, `people.toml` and `speech.toml`, countries from
Unicode CLDR, cities from GeoNames, given names from Faker's lists.
"""

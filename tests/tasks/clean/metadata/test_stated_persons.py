"""Persons in every form in which a page states its authors for machines, and texts that are no names."""

from __future__ import annotations

import json

import pytest

from tasks.clean.metadata.bylines import find_authors
from tasks.clean.page.headline import find_surroundings
from tasks.clean.page.page import Page, parse_page
from tasks.clean.page.site_names import find_site_names

URL = "https://harbourpost.example/bridge-shut"
QUILL = {"@type": "Person", "name": "Mara Quill"}


def make_page(head: str = "", body: str = "") -> Page:
    html = (
        f"<html><head>{head}</head><body><main><h1>Bridge shut until spring</h1>{body}</main></body></html>"
    )
    return parse_page(html.encode(), None, URL)


def find(page: Page) -> list[str]:
    return find_authors(page, find_site_names(page), find_surroundings(page, "Bridge shut until spring"))[0]


def state(*more: dict, **fields: object) -> Page:
    node = {"@type": "NewsArticle", "headline": "Bridge shut until spring", **fields}
    graph = json.dumps({"@context": "https://schema.org", "@graph": [node, *more]}, ensure_ascii=False)
    return make_page(f'<script type="application/ld+json">{graph}</script>')


@pytest.mark.parametrize(
    "author",
    [
        {"@type": "Person", "givenName": "Mara", "familyName": "Quill"},
        {"firstName": "Mara", "lastName": "Quill"},
        {"@type": "Person", "name": {"givenName": "Mara", "familyName": "Quill"}},
        {"@type": "Person", "name": "", "givenName": "Mara", "familyName": "Quill"},
        {"@type": "Person", "name": {"@value": "Mara Quill", "@language": "en"}},
        {
            "name": [
                {"@value": "Mara Quill", "@language": "en"},
                {"@value": "Mara Kuill", "@language": "et"},
            ]
        },
        {"@value": "Mara Quill"},
        {"@type": "Role", "author": QUILL, "roleName": "reporter"},
        {"@type": "OrganizationRole", "name": "Harbour reporter", "author": [QUILL]},
        {"@type": "ProfilePage", "mainEntity": QUILL},
        {"@type": "ProfilePage", "name": "All texts of our writer", "mainEntity": {"@type": "Role", "author": QUILL}},
        {"@list": [QUILL]},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "position": 1, "item": QUILL}]},
    ],
)  # fmt: skip
def test_one_person_in_every_form_is_one_author(author):
    assert find(state(author=author)) == ["Mara Quill"]


@pytest.mark.parametrize(
    "author", [{"@id": "#mq"}, [{"@id": "#mq"}], "#mq", {"@type": "Person", "@id": "#mq"}]
)
@pytest.mark.parametrize(
    "node",
    [
        QUILL | {"@id": "#mq"},
        {"@id": "#mq", "givenName": "Mara", "familyName": "Quill"},
        {"@id": "#mq", "@type": "ProfilePage", "mainEntity": QUILL},
        {"@type": "WebSite", "@id": "#site", "copyrightHolder": QUILL | {"@id": "#mq"}},
    ],
)
def test_a_reference_names_the_person_it_leads_to(author, node):
    assert find(state(node, author=author)) == ["Mara Quill"]


@pytest.mark.parametrize(
    "author",
    [
        {"@id": "#nowhere"},
        "#nowhere",
        {"@type": "Role", "roleName": "Chief Reporter"},
        {"@type": "Person", "url": "https://harbourpost.example/people/mara-quill"},
        {"@type": "Person", "name": {"@value": ""}},
        {"@id": "#a", "@type": "Role", "author": {"@id": "#a"}},
    ],
)
def test_a_form_without_a_name_gives_no_author(author):
    assert find(state({"@type": "Person", "@id": "#other", "name": "Tom Abara"}, author=author)) == []


def test_two_persons_in_parts_stay_two_and_a_family_name_of_han_comes_first():
    quill = {"givenName": "Mara", "additionalName": "J.", "familyName": "Quill"}
    assert find(state(author=[quill, {"givenName": "Tom", "familyName": "Abara"}])) == [
        "Mara J. Quill",
        "Tom Abara",
    ]
    assert find(state(author={"givenName": "花子", "familyName": "山本"})) == ["山本花子"]


def test_a_creator_is_asked_only_where_no_author_is_a_person():
    assert find(state(creator=["Mara Quill"])) == ["Mara Quill"]
    assert find(state(author=QUILL, creator="Tom Abara")) == ["Mara Quill"]
    outlet = {"@type": "Organization", "name": "Harbour Post"}
    assert find(state(author=outlet, creator=QUILL, publisher=outlet)) == ["Mara Quill"]


def test_a_role_named_after_a_job_or_a_page_named_after_itself_is_no_person():
    page = state(author={"@type": "ProfilePage", "name": "Mara Quill", "url": URL})
    assert find(page) == ["Mara Quill"]  # nobody stands inside, so its own name is what it says
    role = {"@type": "Role", "name": "Senior Writer", "author": QUILL}
    assert find(state(author=role)) == ["Mara Quill"]


MICRODATA = '<span itemprop="author" itemscope itemtype="https://schema.org/Person">{}</span>'


@pytest.mark.parametrize(
    ("inner", "authors"),
    [
        ('<i itemprop="givenName">Mara</i> <i itemprop="familyName">Quill</i>', ["Mara Quill"]),
        ('<i itemprop="familyName">Quill</i>, <i itemprop="givenName">Mara</i>', ["Mara Quill"]),
        ('<meta itemprop="name" content="Mara Quill">', ["Mara Quill"]),
        ('<i itemprop="name">Mara Quill</i>, <i itemprop="jobTitle">reporter</i>', ["Mara Quill"]),
        ('<i itemprop="givenName">Mara</i>', ["Mara"]),
    ],
)
def test_microdata_in_parts_is_one_person(inner, authors):
    assert find(make_page(body=MICRODATA.format(inner))) == authors


@pytest.mark.parametrize(
    ("content", "authors"),
    [
        ('{"title": "x", "authors": ["Mara Quill", "Tom Abara"]}', ["Mara Quill", "Tom Abara"]),
        ('{"author": "Mara Quill"}', ["Mara Quill"]),
        ('{"authors": [], "title": "Mara Quill"}', []),
        ('{"authors": [1, null]}', []),
        ("Mara Quill", []),
        ('["Mara Quill"]', []),
    ],
)
def test_the_record_of_a_meta_tag_names_authors_in_its_own_fields_only(content, authors):
    assert find(make_page(f"<meta name='parsely-page' content='{content}'>")) == authors


@pytest.mark.parametrize(
    "name",
    ["nan", "NaN", "null", "undefined", "False", "[object Object]", "{{ author.name }}", "%AUTHOR NAME%", "No Author",
     "$author->getName()", "First Name Last Name", "https://harbourpost.example/author/3", "me@harbourpost.example"],
)  # fmt: skip
def test_what_a_program_writes_for_no_author_is_no_name(name):
    assert find(state(author={"@type": "Person", "name": name})) == []


@pytest.mark.parametrize("name", ["Nan Goldwyn", "Ana True", "Jo Null", "Testa Userman", "Noa Author-Lind"])
def test_a_person_whose_name_holds_such_a_word_is_one(name):
    assert find(state(author={"@type": "Person", "name": name})) == [name]


def test_unseen_persons_that_stand_beside_each_other_are_all_authors():
    person = '<span itemprop="author" itemscope><meta itemprop="name" content="{}"></span>'
    assert find(make_page(body=person.format("Mara Quill") + person.format("Tom Abara"))) == [
        "Mara Quill",
        "Tom Abara",
    ]


@pytest.mark.parametrize("prefix", ["schema:", "http://schema.org/", "https://schema.org/"])
def test_fields_with_the_prefix_of_the_vocabulary_are_read(prefix):
    node = {"@type": f"{prefix}NewsArticle", f"{prefix}headline": "Bridge shut until spring"}
    node[f"{prefix}author"] = {"@type": f"{prefix}Person", f"{prefix}name": "Mara Quill"}
    page = make_page(f'<script type="application/ld+json">{json.dumps(node)}</script>')
    assert find(page) == ["Mara Quill"]


RDFA = [
    '<div vocab="https://schema.org/"><span property="author" typeof="Person"><span property="name">Mara Quill</span></span></div>',
    '<span property="schema:author" typeof="schema:Person"><span property="schema:name">Mara Quill</span></span>',
    '<span property="author" typeof="Person"><span property="givenName">Mara</span> <span property="familyName">Quill</span></span>',
    '<span property="dc:creator">Mara Quill</span>',
    '<meta property="schema:author" content="Mara Quill">',
    '<span rel="sioc:has_creator"><a href="/user/3" property="foaf:name">Mara Quill</a></span>',
    '<span itemprop="creator" itemscope><span itemprop="name">Mara Quill</span></span>',
    '<span property="author" typeof="Person"><span property="name">Mara Quill</span>'
    '<span property="affiliation" typeof="Organization"><span property="name">Tide Press</span></span></span>',
]


@pytest.mark.parametrize("markup", RDFA)
def test_a_person_that_rdfa_or_microdata_states_is_the_author(markup):
    assert find(make_page(body=markup)) == ["Mara Quill"]


@pytest.mark.parametrize("between", ["", " and ", "</li><li>"])
def test_persons_beside_each_other_are_all_authors(between):
    person = '<span itemprop="author" itemscope><span itemprop="name">{}</span></span>'
    markup = f"<ul><li>{person.format('Mara Quill')}{between}{person.format('Jo Tarn')}</li></ul>"
    assert find(make_page(body=markup)) == ["Mara Quill", "Jo Tarn"]


def test_a_site_that_is_a_person_names_its_author():
    owner = {"@type": ["Person", "Organization"], "@id": "#o", "name": "Mara Quill"}
    assert find(state(owner, author={"@id": "#o"})) == ["Mara Quill"]


def test_a_list_with_numbers_for_keys_is_a_list():
    assert find(state(author={"0": QUILL, "2": {"name": "Jo Tarn"}})) == ["Mara Quill", "Jo Tarn"]


def test_with_joins_two_authors():
    page = make_page(body='<p class="byline">By Mara Quill with Jo Tarn</p>')
    assert find(page) == ["Mara Quill", "Jo Tarn"]

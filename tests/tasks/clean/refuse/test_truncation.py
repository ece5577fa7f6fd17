"""A body is told as truncated where a paywall's notice ends it, and only there."""

from __future__ import annotations

import pytest

from tests.tasks.clean.clean_samples import PARAGRAPHS, TITLE, clean_one

SHORT = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[:2])
WHOLE = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
NOTICES = [
    ("en", "Subscribe to continue reading."),
    ("en", "This story is for Post members. Join today for unlimited access."),
    ("es", "Este contenido es exclusivo para suscriptores. Suscríbete y sigue leyendo."),
    ("it", "Questo articolo è riservato agli abbonati."),
    ("pl", "Pozostało 85% artykułu do przeczytania"),
    ("ru", "Материал доступен по подписке"),
    ("ja", "この記事は有料会員限定です。残り1234文字"),
    ("de", "Diesen Artikel weiterlesen mit Post+"),
    ("fr", "Il vous reste 78% de cet article à lire. La suite est réservée aux abonnés."),
    ("pt", "Conteúdo exclusivo para assinantes"),
    ("nl", "Verder lezen? Word abonnee"),
    ("zh", "本文为付费内容，订阅后继续阅读"),
    ("ar", "هذا المحتوى للمشتركين فقط"),
]


def make_page(body: str, before: str = "", head: str = "", lang: str = "en") -> str:
    return (
        f'<html lang="{lang}"><head><title>{TITLE}</title>{head}</head><body>{before}<h1>{TITLE}</h1>{body}'
        "<footer><p>Harbour Post</p></footer></body></html>"
    )


def say_free(value: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{TITLE}", "isAccessibleForFree": {value}}}</script>'


@pytest.mark.parametrize(("lang", "notice"), NOTICES)
def test_a_notice_right_behind_the_body_truncates_it(lang: str, notice: str) -> None:
    article, removed, _ = clean_one(make_page(f'{SHORT}<div class="offer"><p>{notice}</p></div>', lang=lang))
    assert article is not None
    assert (article["is_truncated"], removed[notice]) == (True, "paywall")
    assert article["body_text"] == "\n\n".join(PARAGRAPHS[:2])


LOGIN = '<a href="/login">Already a subscriber? Log in</a>'


@pytest.mark.parametrize(
    "page",
    [
        make_page(WHOLE, before=f"<header>{LOGIN}</header>"),
        make_page(WHOLE, before=f"<div class='top'>{LOGIN}</div>"),
        make_page(WHOLE + '<aside><a href="/n">Click to read the full story</a></aside>'),
        make_page(WHOLE + '<div class="teaser"><h3><a href="/n">A whale off Sable</a></h3><p>Jetzt weiterlesen</p></div>'),
        make_page(WHOLE + '<p class="hidden">Subscribe to continue reading.</p>'),
        make_page(WHOLE + "<p>Already a subscriber? Log in.</p>"),
    ],
    ids=["header", "above", "sidebar", "teaser", "hidden", "an offer under a whole article"],
)  # fmt: skip
def test_a_notice_elsewhere_says_nothing_of_the_article(page: str) -> None:
    article, _, _ = clean_one(page)
    assert article is not None
    assert article["body_text"] == "\n\n".join(PARAGRAPHS)
    assert article["is_truncated"] is False


@pytest.mark.parametrize("value", ["false", '"False"', '"http://schema.org/False"'])
def test_a_short_text_that_is_said_not_to_be_free_is_truncated(value: str) -> None:
    article, _, _ = clean_one(make_page(SHORT, head=say_free(value)))
    assert article is not None and article["is_truncated"] is True


@pytest.mark.parametrize(
    ("end", "truncated"), [("the storm and", False), ("the storm and …", True), ("the storm [...]", True)]
)
def test_a_longer_text_that_is_not_free_is_truncated_where_it_breaks_off(end: str, truncated: bool) -> None:
    long = WHOLE + "".join(
        f"<p>{text}</p>"
        for text in (
            f"A fifth paragraph tells of the quay and the lamp, {PARAGRAPHS[1]}",
            f"And at last {PARAGRAPHS[2]} {end}",
        )
    )
    article, _, _ = clean_one(make_page(long, head=say_free("false")))
    assert article is not None and article["is_truncated"] is truncated


@pytest.mark.parametrize("head", ["", say_free("true")])
def test_a_short_text_is_not_truncated_for_being_short(head: str) -> None:
    article, _, _ = clean_one(make_page(SHORT, head=head))
    assert article is not None and article["is_truncated"] is False

"""Pages that are no article are refused with their reason; articles that mention such things are not."""

from __future__ import annotations

import time

import pytest

from core.outcomes import Outcome, Reason
from tests.tasks.clean.clean_samples import PARAGRAPHS, TITLE, body_of, clean_one, make_page, paragraphs


def _stub(title: str, *lines: str) -> str:
    body = "".join(f"<p>{line}</p>" for line in lines)
    return f"<html><head><title>{title}</title></head><body><div>{body}</div></body></html>"


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (_stub("Just a moment...", "Verify you are human by completing the action below."), Reason.BOT_CHECK),
        (
            "<html><body><noscript>You need to enable JavaScript to run this app.</noscript></body></html>",
            Reason.JAVASCRIPT_REQUIRED,
        ),
        (_stub("Page not found", "Sorry, the page you are looking for has moved."), Reason.ERROR_PAGE),
        (
            _stub("Before you continue", "We and our partners store and/or access information on a device."),
            Reason.CONSENT_PAGE,
        ),
        (_stub("Bridge", "Already a subscriber? Log in.", "Subscribe to continue reading."), Reason.PAYWALL),
        (
            "<html><body><ul>"
            + "".join(f'<li><a href="/n{n}">Headline number {n} of the day</a></li>' for n in range(30))
            + "</ul></body></html>",
            Reason.LINK_LIST,
        ),
        (_stub("Bridge", "The bridge is shut."), Reason.TOO_SHORT),
        ("<html><body></body></html>", Reason.NO_BODY),
        ("\n \n", Reason.EMPTY),
        (b"%PDF-1.7 and so on", Reason.BINARY),
    ],
)
def test_a_stub_is_rejected_with_its_reason(page: str | bytes, reason: Reason) -> None:
    article, _, outcome = clean_one(page)
    assert article is None
    assert (outcome.reason, outcome.outcome) == (reason, Outcome.REJECTED)


def test_a_teaser_above_a_paywall_is_an_article_that_is_truncated() -> None:
    article, removed, outcome = clean_one(
        make_page(paragraphs("<p>Subscribe to continue reading.</p>", after=3))
    )
    assert article is not None
    assert article["is_truncated"] is True
    assert removed["Subscribe to continue reading."] == "paywall"
    assert outcome.reason is Reason.NEW


def test_an_article_about_such_pages_stays_whole() -> None:
    line = "The page you are looking for, the sign said, can no longer be found in this town."
    article, _, _ = clean_one(make_page(paragraphs(f"<p>{line}</p>") * 2))
    assert article is not None
    assert article["is_truncated"] is False
    assert body_of(make_page(paragraphs(f"<p>{line}</p>"))) == [*PARAGRAPHS[:2], line, *PARAGRAPHS[2:]]


# Each in an article of four paragraphs, and as the whole of a short one: news about such pages, and words
# that such pages print as well.
NEAR_MISSES = [
    ("bot_check", "Are you a robot, the sign asked, and the children laughed and pressed the button twice."),
    ("javascript_required", "The ferry company’s new form needs JavaScript, and the old one at the kiosk needs ink."),
    ("error_page", "Visitors of the town’s page found nothing but “404 Not Found” on Monday, and the clerk blushed."),
    ("consent_page", "Before you continue, the pilot says, you value your lamp, your rope and your privacy."),
    ("paywall", "“Subscribe to read the tide for a crown,” says the sign at the quay, and nobody has done so yet."),
    ("link_list", "Headlines of the day hang on the board: the bridge, the ferry, the storm and the market."),
]  # fmt: skip


@pytest.mark.parametrize("line", [line for _, line in NEAR_MISSES], ids=[reason for reason, _ in NEAR_MISSES])
def test_an_article_that_mentions_such_things_is_no_stub(line: str) -> None:
    article, _, outcome = clean_one(make_page(paragraphs(f"<p>{line}</p>")))
    assert article is not None, outcome
    assert line in article["body_text"].split("\n\n")
    assert article["is_truncated"] is False


@pytest.mark.parametrize(
    "title", ["Are you a robot", "404", "Before you continue", "Just a moment", "Cookie wall"]
)
def test_a_title_of_that_kind_does_not_make_a_long_text_a_stub(title: str) -> None:
    page = make_page(paragraphs()).decode().replace(TITLE, title)
    article, _, outcome = clean_one(page)
    assert article is not None, outcome


def test_an_article_with_a_list_of_links_under_it_is_no_link_list() -> None:
    links = "".join(f'<li><a href="/n{n}">Headline number {n} of the day</a></li>' for n in range(30))
    article, removed, _ = clean_one(make_page(paragraphs(), after=f"<ul>{links}</ul>"))
    assert article is not None
    assert article["body_text"] == "\n\n".join(PARAGRAPHS)
    assert removed["Headline number 7 of the day"] == "link"


def test_an_article_above_a_note_about_scripts_stays() -> None:
    note = "<noscript>You need to enable JavaScript to run this app.</noscript>"
    assert body_of(make_page(paragraphs(), after=note)) == list(PARAGRAPHS)


NOTICE = (
    "We and our 93 partners use cookies and similar technologies to store and access information on your"
    " device, to show you advertising, to measure it, and to learn about those who read us.",
    "By clicking “Accept all” you consent to this use of your data. You can withdraw your consent at any"
    " time in your settings. Some partners rely on their legitimate interest, to which you may object.",
)


@pytest.mark.parametrize("title", ["Before you continue", "Your choices"])
def test_the_long_notice_of_a_consent_layer_is_no_article(title: str) -> None:
    article, _, outcome = clean_one(_stub(title, *NOTICE))
    assert article is None
    assert outcome.reason is Reason.CONSENT_PAGE


def test_an_article_above_a_consent_layer_stays() -> None:
    article, _, _ = clean_one(make_page(paragraphs(), after="".join(f"<p>{line}</p>" for line in NOTICE)))
    assert article is not None
    assert article["body_text"] == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "notice",
    [
        "Wir und unsere Partner verarbeiten Daten, um Informationen auf Ihrem Gerät zu speichern.",
        "Avec votre accord, nous et nos partenaires utilisons des cookies.",
        "Con su acuerdo, nosotros y nuestros socios usamos cookies.",
        "Noi e i nostri partner utilizziamo i cookie.",
        "Valorizamos a sua privacidade.",
        "Informatie op een apparaat opslaan en/of openen.",
        "Szanujemy Twoją prywatność.",
    ],
)
def test_a_consent_layer_is_known_in_other_languages(notice: str) -> None:
    article, _, outcome = clean_one(
        _stub("Gullcliff", f"{notice} {'Cookies, 93 partners, and settings. ' * 6}")
    )
    assert article is None
    assert outcome.reason is Reason.CONSENT_PAGE


SHORT_NEWS = [
    (
        "Publisher fined over cookie banner",
        "The regulator of the islands fined the publisher of the Post on Monday, because its banner read “We value"
        " your privacy” and yet set cookies before anybody had agreed to them, and the fine is due by May.",
    ),
    (
        "Town site is down",
        "People who opened the town’s site on Monday read that “the page you are looking for” does not exist, and"
        " the clerk said that it would be mended by night.",
    ),
    (
        "Missing hiker not found",
        "The hiker who has been missing since Monday was not found, the coast guard said, and the search in the"
        " hills above the harbour will go on as soon as the fog has lifted.",
    ),
]


@pytest.mark.parametrize(("title", "text"), SHORT_NEWS)
def test_short_news_about_such_pages_is_news(title: str, text: str) -> None:
    article, _, outcome = clean_one(_stub(title, text))
    assert article is not None, outcome
    assert (article["is_truncated"], article["body_text"]) == (False, text)


def test_a_cookie_banner_on_the_page_of_a_short_article_says_nothing_of_it() -> None:
    page = _stub("Ferry", SHORT_NEWS[2][1]).replace(
        "</body>", '<div class="cookie"><p>We value your privacy.</p></div></body>'
    )
    article, _, outcome = clean_one(page)
    assert article is not None, outcome
    assert article["is_truncated"] is False


REST = (
    "Puede retirar su consentimiento cuando quiera en la configuración del sitio, y oponerse a todo ello. "
    * 2
)


@pytest.mark.parametrize(
    "notice",
    [
        "Wir und unsere bis zu 188 Partner nutzen Cookies und ähnliche Technologien.",
        "Avec votre accord, nos partenaires et nous utilisons des cookies ou technologies similaires.",
        "Con su acuerdo, nosotros y nuestros socios usamos cookies o tecnologías similares.",
        "Noi e i nostri fornitori archiviamo informazioni su un dispositivo.",
        "We and our 812 vendors store personal data.",
    ],
)
def test_a_consent_layer_is_known_in_whatever_wording(notice: str) -> None:
    article, _, outcome = clean_one(_stub("Gullcliff", f"{notice} {REST}"))
    assert article is None
    assert outcome.reason is Reason.CONSENT_PAGE


def test_partners_who_store_nothing_of_the_readers_are_no_consent_layer() -> None:
    line = "We and our partners at the quay store nets, ropes and lamps in the old customs house, the harbour master says, and will do so until the new shed is built."
    article, _, outcome = clean_one(_stub("Nets at the quay", line))
    assert article is not None, outcome


@pytest.mark.parametrize(
    "title",
    ["404", "Error 404", "Page not found", "Nicht gefunden", "Erro 404", "Ошибка 404", "Oeps, pagina bestaat niet", "お探しのページは見つかりません", "404 页面不存在"],
)  # fmt: skip
def test_an_error_page_is_known_by_its_title(title: str) -> None:
    only_tag = f"<html><head><title>{title} | Harbour Post</title></head><body><p>{SHORT_NEWS[2][1]}</p></body></html>"
    only_heading = (
        f"<html><head><title>Harbour Post</title></head><body><h1>{title}</h1><p>Home</p></body></html>"
    )
    for page in (only_tag, only_heading):
        article, _, outcome = clean_one(page)
        assert article is None
        assert outcome.reason is Reason.ERROR_PAGE


def test_an_error_page_with_teasers_is_one_by_its_title_and_a_line() -> None:
    teasers = "".join(f"<h3>Headline {n}</h3><p>{text}</p>" for n, text in enumerate(PARAGRAPHS * 2))
    page = _stub("Page not found", "Sorry, the page you are looking for was moved.").replace(
        "</div>", f"{teasers}</div>"
    )
    article, _, outcome = clean_one(page)
    assert article is None
    assert outcome.reason is Reason.ERROR_PAGE


@pytest.mark.parametrize(
    "line",
    ["Cette page n'existe plus ou a été déplacée.", "De pagina die u zoekt bestaat niet meer.", "Oops! We can't find the page."],
)  # fmt: skip
def test_an_error_page_is_known_by_how_a_line_begins(line: str) -> None:
    article, _, outcome = clean_one(_stub("Le Phare", f"{line} {REST}"))
    assert article is None
    assert outcome.reason is Reason.ERROR_PAGE


def test_a_hostile_line_is_judged_in_little_time() -> None:
    started = time.process_time()
    for line in ("the requested page " * 30_000, "die von ihnen " * 30_000, "sorry but " * 50_000):
        clean_one(_stub("Ferry", line))
    assert time.process_time() - started < 10

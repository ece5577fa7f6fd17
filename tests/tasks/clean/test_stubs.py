"""Pages that are no article are refused with their reason; articles that mention such things are not."""

from __future__ import annotations

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

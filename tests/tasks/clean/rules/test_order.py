"""Each rule of cleaning by its name: a line that it takes, told under that name, and a near miss that stays."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from core.captures import CaptureKind
from core.outlets import CleaningOverrides, Outlet
from tasks.clean.options import CleanOptions
from tasks.clean.rules.learned import hash_line
from tasks.clean.rules.rules_page import list_rules
from tests.tasks.clean.clean_samples import PARAGRAPHS, TITLE, clean_one, make_page, make_text, paragraphs

LEARNED = "You have read the last page of the Harbour Post."
OPTIONS = CleanOptions(
    outlets={
        "harbour": Outlet(
            key="harbour", cleaning=CleaningOverrides(phrases=("By the old bell.",), drop=("#tide",))
        )
    },
    learned_lines={"harbour": frozenset([hash_line(LEARNED)])},
)
MENU = ["Skip to content", *(f"Section {letter}" for letter in "ABCDEFGHIJKLMNOPQRST")]
TIDES = [f"Tide table of quay {number}" for number in range(1, 20)]
ENDLESS = " ".join(["High water."] * 300)
VARIED = " ".join(["High water at the quay."] * 300)
TEASERS = "".join(
    f'<h3><a href="/{n}">Whale seen {n} off Sable</a></h3><p>Seen by {n} boats.</p>' for n in "abcdef"
)


ARTICLE = (
    f'<html lang="en"><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>'
    f"<p {{}}>The bridge is to be mended.</p>{paragraphs()}</article></body></html>"
)


class Golden(NamedTuple):
    """A payload, the line of it that the rule takes, and a payload with a line that only resembles it."""

    payload: bytes
    line: str
    near: bytes
    stays: str


def inside(markup: str, line: str, near: str, stays: str) -> Golden:
    """Both between paragraphs of a page."""
    return Golden(make_page(paragraphs(markup)), line, make_page(paragraphs(near)), stays)


def under(markup: str, line: str, near: str, stays: str) -> Golden:
    """The one under the last paragraph of a page, the near miss there too."""
    return Golden(make_page(paragraphs() + markup), line, make_page(paragraphs() + near), stays)


def above(markup: str, line: str, near: str, stays: str) -> Golden:
    """Both above the first paragraph of a page."""
    return Golden(make_page(markup + paragraphs()), line, make_page(near + paragraphs()), stays)


def boxed(name: str) -> Golden:
    """A box with this name, and one whose name only holds the word."""
    markup = '<div class="{}"><p>Nets at half the price</p></div>'
    return inside(
        markup.format(name), "Nets at half the price", markup.format(f"no-{name}"), "Nets at half the price"
    )


def text(*lines: str) -> bytes:
    return make_text(*lines).encode()


GOLDEN = {
    "ad": boxed("ad-slot"),
    "advertisement": inside("<p>Advertisement</p>", "Advertisement", "<p>Advertisement costs rose.</p>", "Advertisement costs rose."),
    "bio": under("<p>Rhona Teague is a reporter at the Harbour Post.</p>", "Rhona Teague is a reporter at the Harbour Post.",
                 "<p>Rhona Teague is a diver from Sable.</p>", "Rhona Teague is a diver from Sable."),
    "button": inside("<button>Open the gallery</button>", "Open the gallery", '<p class="buttonwood">Open the gallery</p>', "Open the gallery"),
    "byline": above("<p>By Rhona Teague</p>", "By Rhona Teague", "<p>By noon it was gone.</p>", "By noon it was gone."),
    "caption": inside("<figure><img src='b.jpg'><figcaption>The bridge at dusk</figcaption></figure>", "The bridge at dusk",
                      "<figure><table><tr><td>The bridge at dusk</td></tr></table></figure>", "The bridge at dusk"),
    "comment_form": under("<p>Leave a Reply</p>", "Leave a Reply", "<p>Leave a reply on the table, she said.</p>", "Leave a reply on the table, she said."),
    "comments": Golden(text(TITLE, *PARAGRAPHS, "1 comment", "My boat is wider than the arch."), "My boat is wider than the arch.",
                       text(TITLE, "1 comment", *PARAGRAPHS, "My boat is wider than the arch."), "My boat is wider than the arch."),
    "contact": under("<p>Follow the reporter at @idabrook.</p>", "Follow the reporter at @idabrook.",
                     "<p>Follow the river to the mill.</p>", "Follow the river to the mill."),
    "cookie": inside("<p>We use cookies to make this page better.</p>", "We use cookies to make this page better.",
                     "<p>We bake cookies to make the day better.</p>", "We bake cookies to make the day better."),
    "counter": inside("<p>Image 2 of 5</p>", "Image 2 of 5", "<p>Two of 5 lamps burn.</p>", "Two of 5 lamps burn."),
    "credit": inside("<p>Photo: Ida Brook/Island Press</p>", "Photo: Ida Brook/Island Press",
                     "<p>Photographs of the bridge hang in the hall.</p>", "Photographs of the bridge hang in the hall."),
    "date": above("<p>3 March 2026, 10:15</p>", "3 March 2026, 10:15", "<p>On 3 March 2026 it rained until the dams of the islands broke.</p>",
                  "On 3 March 2026 it rained until the dams of the islands broke."),
    "footer": Golden(make_page(paragraphs()), "Harbour Post, Quay Street 4, Port Ellery, is a member of the press council of the islands.",
                     make_page(paragraphs('<p class="footbridge">The foot of the pier is sound.</p>')), "The foot of the pier is sound."),
    "form": inside("<form><p>Which quay do you mean?</p></form>", "Which quay do you mean?", '<p class="reform">Which quay do you mean?</p>', "Which quay do you mean?"),
    "heading": under("<h3>Who wrote this</h3><p>Reporting by Ida Brook; editing by Tom Hale</p>", "Who wrote this",
                     "<h3>Who wrote this</h3><p>A clerk of the harbour wrote it in the spring of that year, and signed with a cross.</p>", "Who wrote this"),
    "hidden": inside('<div style="display: none"><p>Only for members</p></div>', "Only for members",
                     '<div style="display: block"><p>Only for members</p></div>', "Only for members"),
    "learned": under(f"<p>{LEARNED}</p>", LEARNED, "<p>You have read the last page of the log.</p>", "You have read the last page of the log."),
    "link": inside('<p><a href="/ferry">Ferry fares rise again</a></p>', "Ferry fares rise again",
                   '<p><a href="https://archive.example/plan">The plan of 1911</a></p>', "The plan of 1911"),
    "markup": inside("<p>[gallery ids=1,2]</p>", "[gallery ids=1,2]", "<p>[We] mend it, he wrote.</p>", "[We] mend it, he wrote."),
    "menu": Golden(text(TITLE, "in News", *PARAGRAPHS), "in News", text(TITLE, "in Port Ellery", *PARAGRAPHS), "in Port Ellery"),
    "nav": Golden(text("Home » News » Harbour", TITLE, *PARAGRAPHS), "Home » News » Harbour",
                  text(TITLE, *PARAGRAPHS, "Home » News » Harbour"), "Home » News » Harbour"),
    "newsletter": inside("<p>Sign up for our morning letter</p>", "Sign up for our morning letter",
                         "<p>Sign up for our fleet, the ferry firm told sailors in a letter.</p>", "Sign up for our fleet, the ferry firm told sailors in a letter."),
    "outlet_drop": inside('<p id="tide">High water at noon</p>', "High water at noon", '<p id="tides">High water at noon</p>', "High water at noon"),
    "outlet_phrase": inside("<p>By the old bell.</p>", "By the old bell.", "<p>By the old bell tower.</p>", "By the old bell tower."),
    "outside_body": Golden(make_page(paragraphs(), after='<div class="x1"><p>The lamps are lit at six.</p></div>'), "The lamps are lit at six.",
                           make_page(paragraphs('<div class="x1"><p>The lamps are lit at six.</p></div>')), "The lamps are lit at six."),
    "endless_words": inside("<p>" + ENDLESS + "</p>", ENDLESS, f"<p>{VARIED}</p>", VARIED),
    "paywall": inside("<p>Already a subscriber?</p>", "Already a subscriber?", "<p>Already a subscriber of the lifeboat, he gave more.</p>", "Already a subscriber of the lifeboat, he gave more."),
    "pull_quote": inside('<div class="pullquote">The bridge is wider than my boat</div><p>“The bridge is wider than my boat and higher than my mast,” she said.</p>',
                         "The bridge is wider than my boat",
                         '<div class="pullquote">The bridge is wider than my house</div><p>“The bridge is wider than my boat and higher than my mast,” she said.</p>',
                         "The bridge is wider than my house"),
    "related": inside("<p>Read more: Ferry fares rise</p>", "Read more: Ferry fares rise", "<p>Read more books, she said.</p>", "Read more books, she said."),
    "repeated": Golden(make_page(paragraphs() + paragraphs()), PARAGRAPHS[0], make_page(paragraphs(f"<p>{PARAGRAPHS[0]}</p>")), PARAGRAPHS[0]),
    "reporting": under("<p>Reporting by Ida Brook; editing by Tom Hale</p>", "Reporting by Ida Brook; editing by Tom Hale",
                       "<p>Reporting by night is dull, she said.</p>", "Reporting by night is dull, she said."),
    "share": inside("<p>Share this article</p>", "Share this article", "<p>Share this boat, he said.</p>", "Share this boat, he said."),
    "sidebar": inside("<aside><p>High water at noon</p></aside>", "High water at noon", '<p class="sides">High water at noon</p>', "High water at noon"),
    "standfirst": Golden(ARTICLE.format('class="standfirst"').encode(), "The bridge is to be mended.", ARTICLE.format("").encode(), "The bridge is to be mended."),
    "surroundings": Golden(text(*MENU, TITLE, *PARAGRAPHS), "Section A", text(TITLE, *TIDES, *PARAGRAPHS), "Tide table of quay 1"),
    "tags": under("<p>Tags: bridge, council</p>", "Tags: bridge, council", "<p>Tags were sewn on.</p>", "Tags were sewn on."),
    "teaser": under(TEASERS, "Whale seen a off Sable", TEASERS.replace("<h3><a", "<h3>In May, a <a")[:70] + "</h3>", "In May, a Whale seen a off Sable"),
    "title": above(f"<p>{TITLE}</p>", TITLE, "<p>Council agrees to sell the old ferry</p>", "Council agrees to sell the old ferry"),
    "updated": under("<p>Updated 10:15</p>", "Updated 10:15", "<p>Updated charts are sold at the quay.</p>", "Updated charts are sold at the quay."),
    "widget": boxed("poll"),
}  # fmt: skip


def kind_of(payload: bytes) -> CaptureKind:
    return CaptureKind.HTML if payload.startswith(b"<html") else CaptureKind.TEXT


def test_every_rule_has_a_golden_line() -> None:
    assert set(GOLDEN) == set(list_rules())


@pytest.mark.parametrize("rule", sorted(GOLDEN))
def test_the_line_goes_under_the_name_of_its_rule(rule: str) -> None:
    payload, line, _, _ = GOLDEN[rule]
    article, removed, _ = clean_one(payload, kind_of(payload), OPTIONS)
    assert article is not None
    assert removed.get(line) == rule


@pytest.mark.parametrize("rule", sorted(GOLDEN))
def test_and_the_near_miss_stays(rule: str) -> None:
    _, _, near, stays = GOLDEN[rule]
    article, removed, _ = clean_one(near, kind_of(near), OPTIONS)
    assert article is not None
    assert stays in str(article["body_text"]).split("\n\n")
    assert stays not in removed

"""Citations to paste: what was printed where and when, and the archived bytes that prove it."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from dashboard.days import tell_moment
from dashboard.model.articles import ArticlePage
from dashboard.model.questions import ArchivedPage, PrintedReading, QuestionPage


def web_address(url: str | None) -> str | None:
    """The address if a click on it is safe: http or https, and nothing else."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


def cite_question(page: QuestionPage) -> str:
    """The sentence of each reading with its outlet, time, headline, address and archived bytes, one paragraph each."""
    archived = {one.article_id: one for one in page.archived}
    return "\n\n".join(_cite_reading(one, archived.get(one.article_id)) for one in page.question.readings)


def cite_article(article: ArticlePage) -> str:
    """Authors, headline, outlet, time, address and archived bytes in one line."""
    receipt = article.receipt
    where = f", WARC file {receipt.warc_file}, offset {receipt.warc_offset}" if receipt.warc_file else ""
    parts = (
        ", ".join(article.authors),
        _quote_title(article.title),
        article.outlet,
        _tell_time(article.published_at, article.published_precision),
        web_address(article.url) or web_address(article.canonical_url),
    )
    return ", ".join(filter(None, parts)) + _tell_bytes(receipt.fetched_at, receipt.body_sha256, where)


def _cite_reading(reading: PrintedReading, page: ArchivedPage | None) -> str:
    sentence = f"{reading.sentence.before}{reading.sentence.span}{reading.sentence.after}".strip()
    time = _tell_time(reading.published_at, page.published_precision if page else "minute")
    head = ", ".join(filter(None, (reading.outlet, time)))
    source = ", ".join(filter(None, (_quote_title(reading.title), web_address(reading.link))))
    proof = _tell_bytes(page.fetched_at, page.body_sha256) if page else ""
    lines = (f"{head}: {sentence}", f"{source}{proof}".removeprefix(". "))
    return "\n".join(filter(None, lines))


def _quote_title(title: str | None) -> str | None:
    return f"“{title}”" if title else None


def _tell_time(moment: datetime | None, precision: str) -> str | None:
    return tell_moment(moment, precision) if moment else None


def _tell_bytes(fetched_at: datetime | None, sha256: str | None, where: str = "") -> str:
    if not sha256:
        return ""
    return f". Archived {tell_moment(fetched_at)}, SHA-256 {sha256}{where}."

"""Text from outside stays text: through HTML, JSON in a script, and the Jinja that folium runs over its output."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser

import jinja2
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.html.escape import escape, link
from layers.html.page import Page, render
from layers.html.style import slug

HARMLESS = re.compile(r"[^<>\"'`{}]*")

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
jinja_like = st.text(alphabet=list("{}%#<>/!-&'\"`\\ab7*at:.\u2028\u202e"), max_size=40)


class Reader(HTMLParser):
    """Every tag and every piece of text of a page, as a browser would see them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.scripts: dict[str, str] = {}
        self._script: str | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self._script = dict(attrs).get("id") or f"code-{len(self.scripts)}"
            self.scripts[self._script] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._script = None

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self.scripts[self._script] += data
        else:
            self.texts.append(data)


@given(st.text() | jinja_like)
def test_text_reads_the_same_after_html_and_after_jinja(text: str) -> None:
    safe = str(escape(text))
    assert HARMLESS.fullmatch(safe)
    assert jinja2.Template(safe, keep_trailing_newline=True).render().replace("\n", "") == re.sub(r"\r\n?|\n", "", safe)
    clean = re.sub(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]", "\ufffd", text
    )
    assert unescape(safe) == clean


@given(json_values | st.lists(jinja_like))
def test_json_parses_back_to_what_went_in(value: object) -> None:
    wrapped = {"value": value}
    safe = str(escape(wrapped))
    assert not re.search(r"[<>&\u2028\u2029]|\{[{%#]", safe)
    assert json.loads(safe) == wrapped
    safe.encode("utf-8")


def test_only_web_addresses_become_links() -> None:
    assert link("https://example.org/a?b=c") == "https://example.org/a?b=c"
    assert link(" HTTP://example.org ") == "HTTP://example.org"
    for bad in (
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc",
        "//example.org",
        "https:",
        "http://[",
        "",
        "x",
    ):
        assert link(bad) == ""


def test_hostile_text_is_text_in_every_place(hostile: str, page_with: Callable[[str], Page]) -> None:
    page = page_with(hostile)
    seen, tame = Reader(render(page)), Reader(render(page_with("harmless")))
    assert [tag for tag, _ in seen.tags] == [tag for tag, _ in tame.tags], "an element more or less"
    assert not [name for _, attributes in seen.tags for name in attributes if name.startswith("on")]
    assert json.loads(seen.scripts["contactline-data"]) == page.document
    popups = json.loads(seen.scripts["contactline-map"])["layers"]
    assert all(layer["title"].endswith(hostile) for layer in popups)
    assert all(hostile in feature["name"] for layer in popups for feature in layer["features"])
    assert "".join(seen.texts).count(hostile) >= 50
    (folium,) = (code for code in seen.scripts.values() if "L.map(" in code and "L.geoJson(" in code)
    assert hostile not in folium, "folium must not see text: it parses it as a template"


@settings(max_examples=15, deadline=None)
@given(text=jinja_like)
def test_no_text_breaks_a_page(page_with: Callable[[str], Page], text: str) -> None:
    seen = Reader(render(page_with(text)))
    assert json.loads(seen.scripts["contactline-data"])["articles"][0]["path"] == f"a{text}.txt"
    assert sum(tag == "script" for tag, _ in seen.tags) == 5


def test_verdict_words_make_safe_class_names() -> None:
    assert slug("holds as rounded") == "holds-as-rounded"

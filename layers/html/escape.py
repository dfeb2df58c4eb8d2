"""The one door through which text from outside enters a page.

Three readers wait behind it: the HTML parser, the JavaScript parser, and Jinja, which folium and branca run a second
time over what they produced. What leaves this function is plain text to all three.
"""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

from markupsafe import Markup

# Control characters no HTML document may hold, halves of surrogate pairs, and the bidirectional overrides that make
# text read otherwise than it is written.
_NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_HTML = str.maketrans({c: f"&#{ord(c)};" for c in "&<>\"'`{}"})
# Inside JSON a brace can only be told from structure by what follows it: "{{", "{%" and "{#" occur in strings alone.
_JSON = re.compile("[<>&\u2028\u2029\ud800-\udfff]|\\{(?=[{%#])")


def escape(value: object) -> Markup:
    """``value`` as text no parser of a page acts upon.

    A string becomes HTML text (good in an element and in a quoted attribute); anything else becomes JSON for a
    ``<script type="application/json">``, which parses back to exactly ``value``. :class:`Markup` is ours, and passes.
    """
    if isinstance(value, Markup):
        return value
    if isinstance(value, str):
        return Markup(_NEVER.sub("\ufffd", value).translate(_HTML))
    dumped = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return Markup(_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", dumped))


def link(url: object) -> str:
    """``url`` where it is an http or https address, else "": no other scheme becomes a link."""
    try:
        parts = urlsplit(str(url).strip())
    except ValueError:
        return ""
    return str(url).strip() if parts.scheme in {"http", "https"} and parts.netloc else ""

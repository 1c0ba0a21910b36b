"""Generate articles from every construct, each near every other, as hypothesis strategies."""

from __future__ import annotations

from hypothesis import strategies as st

HEAD = "Title: Generated\nSlug: generated\nDate: 2026-11-24\nAuthor: editors\nSummary: Words.\n\n"
TAIL = "\n\n/// disclaimer | medical\n///\n"
KEYS = ("gattie2017", "boyce2020", "apta2019")

_WORDS = st.sampled_from(
    "needles muscle rest pain the of may ease 🪡 café e\u0301clat “quote” 3.5 a/b x_y_z 50% A.B. "
    "it’s & &amp; (so) – * _ ~ ` | # + - 1. 2) > < = ! !! ( ) {x} : ; $ ^ // \\".split()
)
_KEY = st.sampled_from(KEYS)
_PREFIX = st.sampled_from(["", "see ", "see also ", "e.g., ", "*cf.* ", "-"])
_SUFFIX = st.sampled_from(
    [
        "",
        ", p. 3",
        ", pp. 3-4",
        ", p. 3, on dose",
        " and others",
        ", {iv}",
        ", chap. 2; see @apta2019",
    ]
)
_CITATION = st.builds(lambda a, k, z: f"[{a}@{k}{z}]", _PREFIX, _KEY, _SUFFIX)
_NARRATIVE = st.builds(
    lambda k, z: f"@{k}{z}",
    _KEY,
    st.sampled_from(["", " [p. 3]", " [pp. 3-4; @apta2019]", "’s work"]),
)
_BETWEEN = st.sampled_from([" ", " ", " ", "\n", "  \n", ", ", ". ", ""])


@st.composite
def _wrapped(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    words = draw(inner)
    kinds = ["*{}*", "**{}**", "_{}_", "({})", "***{}***"]
    if "[" not in words and "<" not in words:  # no link stands in a link
        kinds += ["[{}](/about/)", "[{}][about]", "[{}](</about/> 'Title')"]
    kind = draw(st.sampled_from(kinds))
    return kind.format(words)


_ATOM = st.one_of(
    _WORDS,
    _WORDS,
    _CITATION,
    _CITATION,
    _NARRATIVE,
    st.sampled_from(
        [
            "[[trigger point]]", "[[knots|trigger point]]", "[[Acupuncture]]", "`[@code]`",
            "[[knots|trigger\npoint]]",
            "``a ` [[b]]``", "<editors@example.org>", "<https://example.org/a_b>", "\\[@gone\\]",
            "\\@gattie2017", "me@example.org", "[text](/about/)", "[a *b* c](/about/ \"Title\")",
            "[about]", "[About us][about]", "![Words](/images/needle.svg)", "H<sub>2</sub>O",
            "[![Words](/images/needle.svg)](/about/)", "<!-- note -->", "[x] ", "https://a.org/@b2",
            "[in [brackets]](/about/)",
            "[", "]", "@", "[a](/about/(b))", "[not a link] (x)", "\\*", "\\`",
        ]
    ),
    st.deferred(lambda: _wrapped(_ATOM)),
)  # fmt: skip


@st.composite
def inline(draw: st.DrawFn, breaks: bool = True) -> str:
    """Make a run of inline constructs; `breaks` lets it go over several lines."""
    pieces = draw(st.lists(st.tuples(_ATOM, _BETWEEN), min_size=1, max_size=7))
    text = "".join(
        atom + (between if breaks else between.replace("\n", " ")) for atom, between in pieces
    )
    return text.strip() or "words"


def _indented(text: str, by: str = "    ") -> str:
    return "\n".join(by + line if line else line for line in text.split("\n"))


@st.composite
def _list(draw: st.DrawFn, depth: int = 0) -> str:
    ordered = draw(st.booleans())
    loose = draw(st.sampled_from(["\n", "\n", "\n\n"]))
    items = []
    for number in range(draw(st.integers(1, 3))):
        mark = f"{number + 1}. " if ordered else draw(st.sampled_from(["- ", "-   "]))
        item = mark + draw(inline(breaks=False))
        if depth < 2 and draw(st.integers(0, 3)) == 0:
            gap = draw(st.sampled_from(["\n", "\n\n"]))
            item += gap + _indented(draw(_list(depth + 1)))
        elif draw(st.integers(0, 4)) == 0:
            item += "\n\n" + _indented(draw(inline(breaks=False)))
        items.append(item)
    return loose.join(items)


@st.composite
def _table(draw: st.DrawFn) -> str:
    width = draw(st.integers(2, 3))
    cell = inline(breaks=False).map(
        lambda text: " ".join(text.replace("[[knots|", "[[").replace("|", "\\|").split("\n"))
    )
    rows = [[draw(cell) for _ in range(width)] for _ in range(draw(st.integers(2, 3)))]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|" + draw(st.sampled_from([" --- |", ":--|", " :-: |"])) * width)
    return "\n".join(lines)


_COMPARE = _table().map(lambda table: f"/// compare | Two things\n{table}\n///")
_CODE = st.sampled_from(
    [
        "```\n[@code] `x`\n/// do\n```",
        "~~~ python\n# [[code]]\n\n``` \n~~~", "```\nnever closed [[",
        "<!-- allow LNK007: quoted -->", "<!-- a\n\ncomment [@x] -->", "* * *", "---",
        "[about]: /about/", "Underlined\n----------",
    ]
)  # fmt: skip


@st.composite
def _quote(draw: st.DrawFn, body: st.SearchStrategy[str]) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in draw(body).split("\n"))


@st.composite
def _block(draw: st.DrawFn, body: st.SearchStrategy[str]) -> str:
    head = draw(
        st.sampled_from(
            [
                "/// takeaways",
                "/// do | Ask first", "/// dont | Never", "/// warning | Watch out",
                "///   warning   |  Odd white space  ",
                "/// emergency | Call\n    status: sourced",
                "/// figure\n    src: needle.svg\n    alt: A needle.\n    credit: Drawn by us.\n",
            ]
        )
    )  # fmt: skip
    inner = draw(body)
    fence = "/" * (
        2 + max((len(line) - len(line.lstrip("/")) for line in inner.split("\n")), default=0)
    )
    fence = fence if len(fence) > 3 else "///"
    return f"{fence}{head[3:]}\n{inner}\n{fence}"


@st.composite
def _heading(draw: st.DrawFn) -> str:
    words = draw(
        st.sampled_from(["Risks", "A `code` word", "*Rest* & more", "What is it?", "1. One"])
    )
    marks = draw(st.sampled_from(["##", "###"]))
    id = draw(st.sampled_from(["", "", f" {{#h{draw(st.integers(0, 999))}}}"]))
    return (
        f"{marks} {words}{id}{draw(st.sampled_from(['', ' ##']))}"
        if not id
        else f"{marks} {words}{id}"
    )


_LEAF = st.one_of(inline(), inline(), _list(), _table(), _CODE)
_BODY = st.one_of(_LEAF, st.lists(_LEAF, min_size=1, max_size=3).map("\n\n".join), _COMPARE)
_QUOTED = st.lists(st.one_of(inline(), inline(), _list(), _table()), min_size=1, max_size=2).map(
    "\n\n".join
)
_PIECE = st.one_of(
    _LEAF, _LEAF, _heading(), _COMPARE, _quote(_QUOTED), _block(_BODY), _block(_block(_BODY)),
    _block(st.tuples(_LEAF, _block(_LEAF), _LEAF).map("\n\n".join)),
)  # fmt: skip
_GAP = st.sampled_from(["\n\n", "\n\n", "\n\n", "\n\n\n", "\n \n", "\n\t\n", "\n"])


@st.composite
def articles(draw: st.DrawFn) -> str:
    """Make a whole article; most have no other finding than warnings."""
    pieces = draw(st.lists(st.tuples(_PIECE, _GAP), min_size=1, max_size=8))
    body = "".join(piece + gap for piece, gap in pieces)
    return f"{HEAD}{body}\n\n[about]: /about/{TAIL}"

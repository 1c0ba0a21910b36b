"""What stands in a body, and what the scanner must find in it."""

from __future__ import annotations

from dataclasses import dataclass

from .holding import Construct


@dataclass(frozen=True)
class Case:
    """A body and its constructs of those kinds that are named here, or are in `without`."""

    name: str
    body: str
    expected: tuple[Construct, ...] = ()
    without: tuple[str, ...] = ()

    @property
    def kinds(self) -> frozenset[str]:
        """Name the kinds that are compared."""
        return frozenset({*(one[0] for one in self.expected), *self.without})


def cite(key: str, line: int, column: int, *around: str) -> Construct:
    """Name a cite by its key and its prefix, locator and suffix."""
    prefix, locator, suffix = (*around, "", "", "")[:3]
    return ("cite", f"{prefix}|{key}|{locator}|{suffix}", line, column)


NONE = ("cite", "malformed", "broken cite", "bare name", "term", "link", "image")

CASES = (
    # Headings
    Case("ATX headings", "# One\n## Two ##\n### Three {#c-3}\n#Four\n", (
        ("heading", "1 One #one", 1, 3), ("heading", "2 Two #two", 2, 4),
        ("heading", "3 Three #c-3", 3, 5), ("heading", "1 Four #four", 4, 2))),
    Case("setext headings", "One\n===\n\nTwo {#b}\n-----\n\nText\n\n- a\n", (
        ("heading", "1 One #one", 1, 1), ("heading", "2 Two #b", 4, 1))),
    Case("heading after a paragraph's line", "Text\n## Two\nmore [@boyce2020]\n", (
        ("heading", "2 Two #two", 2, 4), cite("boyce2020", 3, 8))),
    Case("heading with markup", "## A `b` *c* [d](/e/) \\# [[f|g]]\n", (
        ("heading", "2 A b c d # f #a-b-c-d-f", 1, 4), ("term", "f|g", 1, 30),
        ("link", "d → /e/", 1, 14)) ),
    Case("empty heading", "##\n\n## {#x}\n", (
        ("heading", "2  #section", 1, 3), ("heading", "2  #x", 3, 3))),
    Case("no heading", "    # code\n\n\\# text\n\n/// do | x\n///\n", (), ("heading",)),
    # Cites
    Case("cites", "A [@boyce2020] b [see @gattie2017, p. 3; @apta].\n", (
        cite("boyce2020", 1, 5), cite("gattie2017", 1, 24, "see", "p. 3"), cite("apta", 1, 43))),
    Case("locators",
        "[@k1, pp. 3-4, on dose] [@k2 33] [@k3 {ii, A}, b] [-@k4, chap. 2] [@k5{}, 9 y]\n", (
        cite("k1", 1, 3, "", "pp. 3-4", "on dose"), cite("k2", 1, 27, "", "33"),
        cite("k3", 1, 36, "", "ii, A", "b"), cite("k4", 1, 54, "", "chap. 2"),
        cite("k5", 1, 69, "", "", "9 y"))),
    Case("keys with punctuation", "[@a.b:c_d-e1] @{x/y.z1} @foo.bar1. [@{odd|key}]\n", (
        cite("a.b:c_d-e1", 1, 3), cite("x/y.z1", 1, 17), cite("foo.bar1", 1, 26),
        cite("odd|key", 1, 39))),
    Case("cites in running text",
        "@boyce2020 says, @apta [p. 3] too; -@gattie2017 [33; @apta].\n", (
        cite("boyce2020", 1, 2), cite("apta", 1, 19, "", "p. 3"),
        cite("gattie2017", 1, 38, "", "33"), cite("apta", 1, 55))),
    Case("a name is no cite", "Ask @mayoclinic or \\@boyce2020.\n", (
        ("bare name", "mayoclinic", 1, 6),), ("cite",)),
    Case("no cites",
        "me@example1.org https://x.org/@user1 `[@a1]` [a @b2](/c/) <!-- [@d3] --> \\[@e4\\]\n",
        (), ("cite", "malformed", "broken cite", "bare name")),
    Case("cite over a line break", "A [see\n@boyce2020,\np. 3] b\n", (
        cite("boyce2020", 2, 2, "see", "p. 3"),)),
    Case("cite after emoji and combining signs", "🪡🏽 e\u0301 [@boyce2020]\n", (
        cite("boyce2020", 1, 9),)),
    Case("malformed cites", "[@a1, @b2] and [c; @d3] and [@ e]\n", (
        ("malformed", 'two references stand without a ";" between them', 1, 1),
        ("malformed", '"c" names no reference', 1, 16),
        ("malformed", '"@ e" names no reference', 1, 29)), ("cite",)),
    Case("broken cites", "A [@boyce2020.\n\nB ] [see @apta, c\n", (
        ("broken cite", "", 1, 3), ("broken cite", "", 3, 5)), ("cite",)),
    Case("a cite that defines a link", "[@boyce2020]: text\n", (

               ("malformed", 'the ":" after its bracket makes it define a link', 1, 1),),
        ("cite",)),
    Case("cite in a table", "| A | B |\n|---|---|\n| c \\| `|` | [@boyce2020] |\n", (
        cite("boyce2020", 3, 16), ("table", "", 1, 1), ("passage", "row in ", 1, 1),
        ("passage", "row in ", 3, 1))),
    Case("cite in a list in a quotation", "> - a\n>\n>     b [@boyce2020]\n", (
        cite("boyce2020", 3, 11), ("passage", "item in ", 1, 3), ("passage", "item in ", 3, 7))),
    # Blocks
    Case("blocks and options", "/// products | For pain\n    items: [a, b]\n///\n", (
        ("block", "products | For pain", 1, 5), ("option", "items: ['a', 'b']", 2, 5))),
    Case("block in a block",
        "//// warning | A\nText [@boyce2020].\n\n/// do | B\n- c\n///\n////\n", (
        cite("boyce2020", 2, 8), ("block", "warning | A", 1, 6), ("block", "do | B", 4, 5),
        ("passage", "item in ", 5, 1), ("passage", "paragraph in ", 2, 1))),
    Case("odd white space in a block's line", "  ///   do   |   B  \nc\n  ///  \n", (
        ("block", "do | B", 1, 9), ("passage", "paragraph in ", 2, 1)), ("fence",)),
    Case("stray fences", "///\n\n- a\n\n    /// do | B\n\n/// warning: x\n\n> /// do | C\n", (
        ("fence", "stray end", 1, 1), ("fence", "indented", 5, 5), ("fence", "malformed", 7, 1),
        ("fence", "indented", 9, 3)), ("block",)),
    Case("no block in code", "```\n/// do | x\n```\n", (), ("block", "fence")),
    # Terms, links, images
    Case("terms", "[[trigger point]] and [[knots|trigger\npoint]]\n", (
        ("term", "trigger point|trigger point", 1, 3), ("term", "knots|trigger point", 1, 31))),
    Case("links",
        "[a *b*](/c/ \"T\") [d][e] [f][] [f] <https://g.org/h> <i@j.org>\n\n[e]: /k/\n[f]: </l/>\n",
        (
        ("link", "a *b* → /c/", 1, 1), ("link", "d → /k/", 1, 18), ("link", "f → /l/", 1, 25),
        ("link", "f → /l/", 1, 31), ("link", "https://g.org/h → https://g.org/h", 1, 35),
        ("link", "i@j.org → mailto:i@j.org", 1, 53))),
    Case("link targets", "[a](/b(c)/) [d](</e f/>) [g](h i) [j [k]](l)\n", (
        ("link", "a → /b(c)/", 1, 1), ("link", "d → /e f/", 1, 13), ("link", "g → h i", 1, 26),
        ("link", "j [k] → l", 1, 35))),
    Case("images", "![a](/b.svg) [![c](/d.svg)](/e/) ![f][g]\n\n[g]: /h.svg\n", (
        ("link", "![c](/d.svg) → /e/", 1, 14), ("image", "a → /b.svg", 1, 1),
        ("image", "c → /d.svg", 1, 15), ("image", "f → /h.svg", 1, 34))),
    Case("no links", "[a] (b) \\[c](d) `[e](f)` [g\n\nh](i)\n", (), ("link",)),
    # Code, comments, raw HTML
    Case("inline code", "``a ` [@b1]`` `[@c2]\n[@d3]` \\`[@e4]` ``[@f5]`\n", (
        cite("e4", 2, 12),)),
    Case("code fences",
        "```python\n[@a1]\n```\n~~~\n[@b2]\n```\n~~~\n[@c3]\n", (cite("c3", 8, 3),)),
    Case("an open code fence", "```\n[@a1]\n", (cite("a1", 2, 3),)),
    Case("indented code", "Text\n\n    [@a1]\n\n\t[@b2]\n\n- c\n\n    [@d3]\n", (
        cite("d3", 9, 7), ("code", "", 3, 5), ("code", "", 5, 2))),
    Case("tabs", "-\t[@a1]\n\n\tmore\t[@b2]\n", (
        cite("a1", 1, 5), cite("b2", 3, 9), ("passage", "item in ", 1, 1),
        ("passage", "item in ", 3, 2))),
    Case("comments", "<!-- a -->\nText <!-- b\nc --> more `<!-- d -->`\n", (
        ("comment", "", 1, 1), ("comment", "", 2, 6))),
    Case("allowances",
        "<!-- allow CLM001: own count -->\n\n34 states.\n\n<!-- allow IMG001 -->\nB\n", (
        ("allowance", "CLM001: own count → 5", 1, 1), ("allowance", "IMG001:  → 8", 5, 1))),
    Case("raw HTML", "<div class=\"a\">\nb\n</div>\n\nH<sub>2</sub>O <br/> a < b\n", (
        ("tag", "div", 1, 1), ("tag", "/div", 3, 1), ("tag", "sub", 5, 2), ("tag", "/sub", 5, 8),
        ("tag", "br", 5, 16))),
    # Passages
    Case("passages",
        "## A {#a}\n\nText\nmore\n\n1. b\n2. c\n    - d\n\n> e\nf\n\n| g | h |\n|---|---|\n", (
        ("passage", "heading in a", 1, 4), ("passage", "paragraph in a", 3, 1),
        ("passage", "item in a", 6, 1), ("passage", "item in a", 7, 1),
        ("passage", "item in a", 8, 5), ("passage", "quote in a", 10, 3),
        ("passage", "row in a", 13, 1)), ("code",)),
    Case("a list without a blank line", "Bring:\n- a\n- b\n", (
        ("passage", "paragraph in ", 1, 1), ("passage", "item in ", 2, 1),
        ("passage", "item in ", 3, 1))),
)  # fmt: skip

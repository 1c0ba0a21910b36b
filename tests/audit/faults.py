"""The faults that are planted in the built site: a file, an edit, and what must be found where."""

from __future__ import annotations

from dataclasses import dataclass

HOME, ABOUT, MISSING = "index.html", "about/index.html", "404.html"
ARTICLE = "articles/what-is-dry-needling/index.html"
CARD = "products/biofreeze/index.html"
FEED, SITEMAP, ROBOTS = "feeds/atom.xml", "sitemap.xml", "robots.txt"
BESIDE = "articles/what-is-dry-needling/"


@dataclass(frozen=True)
class Fault:
    """One planted fault: `find` is a regular expression whose first match becomes `put`.

    Without `put` the file goes; without `find` it becomes `put`. The finding of `code` must stand
    where `at` does in the edited file (its first match), or at the start of the file; `also` are
    the codes that the same fault is bound to bring. `path` is where it is found, if elsewhere.
    """

    name: str
    code: str
    key: str
    find: str | None
    put: str | None
    at: str = ""
    also: tuple[str, ...] = ()
    path: str = ""


def _body(name: str, code: str, html: str, at: str = "", *also: str, key: str = ABOUT) -> Fault:
    """Put some HTML on a line of its own at the end of a page's main part."""
    return Fault(name, code, key, "</main>", f"\n{html}\n</main>", at or html, also)


_META_END = "</head>"
_FIRST_CITE = r'href="#ref-gattie2017"(?=[^>]*id="cite-)'

FAULTS = (
    Fault("an empty page", "AUD001", ABOUT, None, "", "", ("AUD022", "AUD085"), ABOUT),
    _body("an id twice", "AUD010", '<p id="main">x</p>', 'id="main">x'),
    _body("an id twice in one line", "AUD010", '<p id="a">x</p><p id="a">y</p>', 'id="a">y'),
    _body("a label that names nothing", "AUD011", '<p aria-describedby="nobody">x</p>', "nobody"),
    _body("an id with a blank", "AUD012", '<p id="a b">x</p>', 'id="a b"'),
    _body("an empty link", "AUD020", '<a href="">x</a>'),
    _body("a link to no part of its page", "AUD021", '<a href="#nowhere">x</a>', "#nowhere"),
    _body("a link to no part of a page", "AUD021", '<a href="/glossary/#nix">x</a>', "/glossary/#"),
    _body("a link to no page", "AUD022", '<a href="/abuot/">x</a>', "/abuot/"),
    _body("a link without its slash", "AUD022", '<a href="/glossary">x</a>', "/glossary\">x"),
    _body("a relative link to no page", "AUD022", '<a href="../nix/">x</a>', "../nix/"),
    _body("a link above the site", "AUD022", '<a href="/../nix/">x</a>', "/../nix/"),
    _body(
        "a picture that is not there", "AUD022",
        '<img src="/images/nix.svg" alt="x" width="1" height="1">', "/images/nix.svg",
    ),
    _body(
        "a candidate that is not there", "AUD022",
        '<img src="/images/favicon.svg" srcset="/images/favicon.svg 1x, /images/nix.svg 2x" '
        'alt="x" width="1" height="1">', "/images/nix.svg",
    ),
    Fault("an article that was not built", "AUD023", ARTICLE, None, None, "",
          ("AUD022", "AUD021", "AUD036", "AUD037", "AUD085", "AUD096")),
    Fault("a download that is gone", "AUD022", BESIDE + "references.bib", None, None,
          r'[^"]*references\.bib', ("AUD046",), ARTICLE),
    _body(
        "a picture from elsewhere", "AUD030",
        '<img src="https://cdn.example/x.png" alt="x" width="1" height="1">', "https://cdn.ex",
    ),
    _body(
        "a candidate from elsewhere", "AUD030",
        '<img src="/images/favicon.svg" srcset="//cdn.example/x.png 2x" alt="x" width="1" '
        'height="1">', "//cdn.example",
    ),
    Fault("a style sheet from elsewhere", "AUD030", ABOUT, _META_END,
          '\n<link rel="stylesheet" href="https://cdn.example/x.css">\n</head>', "https://cdn.ex"),
    Fault("a font from elsewhere", "AUD030", ABOUT, _META_END,
          "\n<style>@font-face{src:url(https://cdn.example/x.woff2)}</style>\n</head>",
          "https://cdn.ex"),
    Fault("an imported style sheet", "AUD030", ABOUT, _META_END,
          '\n<style>@import "//cdn.example/x.css";</style>\n</head>', "//cdn.ex"),
    Fault("a warmed-up connection", "AUD030", ABOUT, _META_END,
          '\n<link rel="preconnect" href="https://cdn.example">\n</head>', "https://cdn.ex"),
    _body("a form that goes elsewhere", "AUD030",
          '<form action="https://mail.example/"><button>Go</button></form>', "https://mail"),
    Fault("a drawing that fetches", "AUD030", "images/favicon.svg", "</svg>",
          '\n<image href="https://cdn.example/x.png"/>\n</svg>', "https://cdn.ex"),
    _body("an inline style", "AUD031", '<p style="color:red">x</p>', "style="),
    _body("a handler", "AUD031", '<p onclick="x()">x</p>', "onclick="),
    _body("an inline script", "AUD031", "<script>x()</script>", "<script>x"),
    _body("a script address", "AUD031", '<a href="javascript:x()">x</a>', "javascript:"),
    _body("a frame", "AUD031", '<iframe src="/about/" title="x"></iframe>', "<iframe"),
    _body("a picture in its address", "AUD031",
          '<img src="data:image/png;base64,AA" alt="x" width="1" height="1">', "data:image"),
    Fault("a style sheet that the policy takes for a longer one", "AUD031", ABOUT, "<style",
          "<!-- <style> --><style", "<style"),
    Fault("a base", "AUD031", ABOUT, _META_END, '\n<base href="/about/">\n</head>', "<base"),
    Fault("a drawing with a script", "AUD031", "images/favicon.svg", "</svg>",
          "\n<script>x()</script>\n</svg>", "<script"),
    Fault("a drawing that breaks off", "AUD034", "images/favicon.svg", "</svg>", "", "", (),
          "images/favicon.svg"),
    Fault("a feed that breaks off", "AUD035", FEED, "</feed>", ""),
    Fault("a feed without its date", "AUD035", FEED, "<updated>[^<]*</updated>", "", "<feed"),
    Fault("a feed with an odd date", "AUD035", FEED, "<updated>[^<]*", "<updated>yesterday",
          "yesterday"),
    Fault("a feed that is elsewhere", "AUD035", FEED, r'/feeds/atom.xml"', '/feeds/all.xml"',
          r'http[^"]*/feeds/all.xml'),
    Fault("an entry without its id", "AUD035", FEED, "<id>tag:[^<]*</id>", "", "<entry"),
    Fault("an entry without an author", "AUD035", FEED, "<author>.*?</author>", "",
          "tag:[^<]*"),
    Fault("an entry with another title", "AUD036", FEED, "(<entry><title>)[^<]*", r"\1Nix",
          "Nix<"),
    Fault("an entry with another date", "AUD036", FEED, "(<published>)[^<]*",
          r"\g<1>2020-01-01T00:00:00Z", "2020-01-01"),
    Fault("an entry that leads nowhere", "AUD036", FEED, '(<entry>.*?href="[^"]*)needling/',
          r"\1nix/", r'http[^"]*nix/', ("AUD038",)),
    Fault("a relative link in a feed", "AUD037", FEED,
          r"href=\"http[^\"]*(/glossary/#acupuncture)\"", r'href="\1"', "/glossary/#acupuncture\""),
    Fault("a feed that leaves one out", "AUD038", FEED, "<entry>.*</entry>", ""),
    Fault("a cite without an entry", "AUD040", ARTICLE, _FIRST_CITE, 'href="#ref-nix"', "#ref-nix",
          ("AUD021", "AUD043", "AUD045", "CLM012")),
    Fault("an entry that is never cited", "AUD041", ARTICLE, '(<li [^>]*id="ref-gattie2017")',
          r'<li id="ref-nix">x</li>\n\1', "ref-nix", ("AUD044", "AUD047", "AUD076")),
    Fault("a cite without a way back", "AUD042", ARTICLE,
          '<a [^>]*href="#cite-gattie2017-1"[^>]*>[^<]*</a>', "", "cite-gattie2017-1"),
    Fault("a back-link to another's cite", "AUD043", ARTICLE, 'href="#cite-gattie2017-1"',
          'href="#cite-chys2023-1"', "#cite-chys2023-1", ("AUD042",)),
    Fault("a wrong number", "AUD044", ARTICLE, '(id="cite-gattie2017-1"[^>]*>)1<', r"\g<1>9<",
          "cite-gattie2017-1"),
    Fault("numbers out of order", "AUD045", ARTICLE,
          r'(<li [^>]*id="ref-gattie2017".*?</li>)\s*(<li [^>]*id="ref-chys2023".*?</p>\s*</li>)',
          r"\2\1", "cite-gattie2017-1", ("AUD044", "AUD047")),
    Fault("no RIS file", "AUD046", BESIDE + "references.ris", None, None, "", ("AUD022",)),
    Fault("an entry less in BibTeX", "AUD047", BESIDE + "references.bib", r"@article\{chys2023",
          "@article{chys2024", "chys2024"),
    Fault("an entry less in RIS", "AUD047", BESIDE + "references.ris", "ID  - chys2023",
          "ID  - chys2024", "chys2024"),
    Fault("an entry less in CSL", "AUD047", BESIDE + "references.json", '"id": "chys2023"',
          '"id": "chys2024"', "chys2024"),
    Fault("a claim that nobody made", "AUD048", BESIDE + "claims.json", '"text": "[^"]*"',
          '"text": "It always helps."', '"It always'),
    Fault("a claim of no section", "AUD048", BESIDE + "claims.json", '"section": "[^"]*"',
          '"section": "nix"'),
    Fault("a claim of no reference", "AUD048", BESIDE + "claims.json", '"key": "[^"]*"',
          '"key": "nix"'),
    Fault("claims that break off", "AUD049", BESIDE + "claims.json", r"\}\s*$", ""),
    Fault("no medical disclaimer", "AUD050", ARTICLE, 'data-disclaimer="medical"', "", "<main"),
    Fault("no drug disclaimer", "AUD050", CARD, 'data-disclaimer="drug"', "", "<main"),
    Fault("no disclosure in a block", "AUD050", ARTICLE,
          '(data-block="top-products">.*?)data-disclaimer="commercial"', r"\1",
          '<div [^>]*data-block="top-products"'),
    Fault("a link before its disclosure", "AUD051", ARTICLE, '(data-block="top-products"[^>]*>)',
          r'\1\n<a href="#product-biofreeze">Biofreeze</a>', "#product-biofreeze\">Bio"),
    _body("half a mark of commerce", "AUD052",
          '<a rel="sponsored" href="https://shop.example/">x</a>', "https://shop"),
    _body("a link to a shop that says nothing", "AUD052",
          '<a href="https://www.therapearl.com/frequently-asked-questions">x</a>', "https://www.th"),
    Fault("no title", "AUD060", ABOUT, "<h1([^>]*)>(.*?)</h1>", r"<p\1>\2</p>", "<main",
          ("AUD062",)),
    _body("two titles", "AUD061", "<h1>x</h1>", "<h1>x"),
    _body("a level left out", "AUD062", "<h6>x</h6>", "<h6"),
    _body("a heading without words", "AUD063", "<h2></h2>", "<h2></h2>"),
    _body("a section that is not listed", "AUD064", "<h2>Nix</h2>", "<h2>Nix", key=ARTICLE),
    _body("a picture without words", "AUD065",
          '<img src="/images/favicon.svg" width="1" height="1">', "/images/favicon.svg\" w"),
    _body("a picture without a size", "AUD066", '<img src="/images/favicon.svg" alt="x">',
          "/images/favicon.svg\" alt"),
    _body("a link without a name", "AUD067", '<a href="/about/"></a>', '<a href="/about/"></a>'),
    _body("a field without a label", "AUD067", '<input type="search">', "<input"),
    Fault("no language", "AUD068", ABOUT, ' lang="[^"]*"', "", "<html", ("AUD083",)),
    Fault("no description", "AUD069", HOME, '<meta name="description"[^>]*>', "", "<html"),
    _body("a second main part", "AUD070", "</main><main>x", "<main>x"),
    Fault("a nameless navigation", "AUD071", ABOUT, "<nav [^>]*>", "<nav>", "<nav>"),
    Fault("no way past the menu", "AUD072", ABOUT, '<a [^>]*href="#main"[^>]*>.*?</a>', "",
          "<a "),
    Fault("JSON-LD that breaks off", "AUD074", ARTICLE, r'\{\s*"@context"', '{ "@context":',
          ""),
    Fault("a type that is not", "AUD075", ARTICLE, '"CreativeWork"', '"CreatedWork"',
          '"CreatedWork"'),
    Fault("a property that is not", "AUD075", ARTICLE, '"lastReviewed"', '"lastChecked"',
          '"lastChecked"'),
    Fault("another title for machines", "AUD076", ARTICLE,
          r'("MedicalWebPage".*?"name": ?)"[^"]*"', r'\1"Nix"', '"Nix"'),
    Fault("another date for machines", "AUD076", ARTICLE, '"dateModified": ?"[^"]*"',
          '"dateModified": "2020-01-01"', '"2020-01-01"'),
    Fault("another author for machines", "AUD076", ARTICLE,
          r'("author": ?\[\s*\{[^}]*"name": ?)"[^"]*"', r'\1"Dr. Nix"', '"Dr. Nix"'),
    Fault("another work for machines", "AUD076", ARTICLE,
          r'("citation": ?\[\s*\{[^}]*"name": ?)"[^"]*"', r'\1"On nix"', '"On nix"'),
    Fault("another product for machines", "AUD076", ARTICLE,
          r'("@type": ?"Product",\s*"name": ?)"[^"]*"', r'\1"Nix 3000"', '"Nix 3000"'),
    Fault("another way here for machines", "AUD076", ARTICLE,
          r'("@type": ?"ListItem".*?"name": ?)"[^"]*"', r'\1"Nix"', '"Nix"'),
    Fault("an address for machines that is not", "AUD022", ARTICLE,
          r'("@type": ?"ListItem".*?"item": ?"[^"]*/topics/)"', r'\1nix/"',
          r'http[^"]*/topics/nix/'),
    Fault("a card that is not there", "AUD022", ARTICLE,
          r'(property="og:image" content="[^"]*)"', r'\1.nix"', r'http[^"]*\.nix'),
    Fault("a rating", "AUD077", ARTICLE, '("@type": ?"Product",)',
          r'\1\n"aggregateRating": {"@type": "Thing"},', '"aggregateRating"'),
    Fault("another canonical address", "AUD080", ABOUT, '(rel="canonical" href="[^"]*)/about/"',
          r'\1/about"', r'http[^"]*/about"'),
    Fault("no canonical address", "AUD080", ABOUT, '<link rel="canonical"[^>]*>', ""),
    Fault("an error page to be found", "AUD081", MISSING, '<meta name="robots"[^>]*>', "", "",
          ("AUD080", "AUD086")),
    Fault("an article that hides", "AUD082", ARTICLE, _META_END,
          '<meta name="robots" content="noindex"></head>', "noindex", ("AUD085",)),
    Fault("a translation that is not there", "AUD083", ABOUT, _META_END,
          '\n<link rel="alternate" hreflang="fr" href="/fr/about/">\n</head>', "/fr/about/"),
    Fault("a translation that does not link back", "AUD083", ABOUT, _META_END,
          '\n<link rel="alternate" hreflang="en" href="/glossary/">\n</head>', "/glossary/\">\n"),
    Fault("no sitemap", "AUD084", SITEMAP, None, None),
    Fault("a sitemap that breaks off", "AUD084", SITEMAP, "</urlset>", ""),
    Fault("a page listed that is not", "AUD085", SITEMAP, "/about/<", "/abuot/<",
          "http[^<]*/abuot/", ("AUD086",)),
    Fault("a day that is another", "AUD085", SITEMAP, r"(needling/</loc><lastmod>)[^<]*",
          r"\g<1>2020-01-01", "2020-01-01"),
    Fault("a page that is not listed", "AUD086", SITEMAP, "<url><loc>[^<]*/about/<.*?</url>", ""),
    Fault("crawlers shut out", "AUD087", ROBOTS, "Allow: /", "Disallow: /", "Disallow"),
    Fault("a sitemap that nobody is told of", "AUD087", ROBOTS, "Sitemap: .*", ""),
    _body("a key", "AUD090", "<p>AKIAABCDEFGHIJKLMNOP</p>", "AKIA"),
    _body("a private key", "AUD090", "<p>-----BEGIN RSA PRIVATE KEY-----</p>", "-----BEGIN"),
    _body("a password in an address", "AUD090", "<p>https://ann:secret@host.example/</p>",
          "://ann"),
    _body("somebody's folder", "AUD091", "<p>/home/ann/site/x.svg</p>", "/home/ann"),
    _body("a file address", "AUD091", "<p>file:///site/x.svg</p>", "file:"),
    _body("the preview's script", "AUD092",
          '<script src="/-/preview/preview.js"></script>', "/-/preview/", "AUD022"),
    Fault("a published anchor that is gone", "AUD097", ARTICLE, 'id="risks"', 'id="dangers"',
          "<main", ("AUD011", "AUD021", "AUD037", "AUD048", "AUD064", "CLM011")),
)  # fmt: skip

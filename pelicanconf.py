"""Development settings: what `make build` and `pelican content -s pelicanconf.py` use."""

from pathlib import Path

from wellsourced.paging import PER_PAGE
from wellsourced.plugin import WellSourced

_ROOT = Path(__file__).resolve().parent

SITENAME = "Well Sourced"
SITEURL = ""
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
DEFAULT_DATE_FORMAT = "%-d %B %Y"

PATH = str(_ROOT / "content")
OUTPUT_PATH = str(_ROOT / "output")
THEME = str(_ROOT / "theme")
THEME_STATIC_PATHS: list[str] = []
ARTICLE_PATHS = ["articles"]
PAGE_PATHS = ["pages"]
STATIC_PATHS: list[str] = []

ARTICLE_URL = "articles/{slug}/"
ARTICLE_SAVE_AS = "articles/{slug}/index.html"
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"
ARTICLE_LANG_URL = "{lang}/articles/{slug}/"
ARTICLE_LANG_SAVE_AS = "{lang}/articles/{slug}/index.html"
PAGE_LANG_URL = "{lang}/{slug}/"
PAGE_LANG_SAVE_AS = "{lang}/{slug}/index.html"
DRAFT_SAVE_AS = DRAFT_LANG_SAVE_AS = ""
DRAFT_PAGE_SAVE_AS = DRAFT_PAGE_LANG_SAVE_AS = ""
AUTHOR_SAVE_AS = AUTHORS_SAVE_AS = ""
CATEGORY_URL = "topics/{slug}/"
CATEGORY_SAVE_AS = "topics/{slug}/index.html"
TAG_SAVE_AS = TAGS_SAVE_AS = ARCHIVES_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "articles", "topics", "search"]
ARTICLES_URL, ARTICLES_SAVE_AS = "articles/", "articles/index.html"
TOPICS_URL, TOPICS_SAVE_AS = "topics/", "topics/index.html"
SEARCH_URL, SEARCH_SAVE_AS = "search/", "search/index.html"
PAGINATED_TEMPLATES = {"articles": PER_PAGE, "category": PER_PAGE}
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)

FEED_ALL_ATOM = "feeds/atom.xml"
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None

# An installed plugin is active when PLUGINS is unset, so name ours and no other.
PLUGINS = ["wellsourced.plugin"]
PELICAN_CLASS = WellSourced
JINJA_ENVIRONMENT = {
    "autoescape": True,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "extensions": [],
}
# Its key is the source file alone: a page would stay stale after its reference changed.
LOAD_CONTENT_CACHE = CACHE_CONTENT = False

WELLSOURCED_CACHE = str(_ROOT / ".cache")
WELLSOURCED_ORIGIN = "http://localhost:8000"
FEED_DOMAIN = WELLSOURCED_ORIGIN

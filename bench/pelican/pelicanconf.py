SITENAME = "The Daily Brief"
SITEURL = "https://brief.example"
AUTHOR = "Desk"
PATH = "content"
TIMEZONE = "Asia/Baghdad"
DEFAULT_LANG = "en"
THEME = "theme"
ARTICLE_URL = "articles/{date:%Y}/{date:%m}/{date:%d}/{slug}/"
ARTICLE_SAVE_AS = "articles/{date:%Y}/{date:%m}/{date:%d}/{slug}/index.html"
DAY_ARCHIVE_SAVE_AS = "days/{date:%Y}-{date:%m}-{date:%d}/index.html"
DAY_ARCHIVE_URL = "days/{date:%Y}-{date:%m}-{date:%d}/"
TAG_URL = "topics/{slug}/"
TAG_SAVE_AS = "topics/{slug}/index.html"
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)
DEFAULT_PAGINATION = 20
PAGINATED_TEMPLATES = {"tag": 20}
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = ""
CATEGORIES_SAVE_AS = AUTHORS_SAVE_AS = ""
TAGS_SAVE_AS = "topics/index.html"
ARCHIVES_SAVE_AS = "days/index.html"
DIRECT_TEMPLATES = ["index", "tags", "archives", "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
FEED_ATOM = "feed.xml"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
TAG_FEED_ATOM = "topics/{slug}/feed.xml"
FEED_MAX_ITEMS = 50
RSS_FEED_SUMMARY_ONLY = True
FEED_APPEND_REF = False
MARKDOWN = {"extensions": ["markdown.extensions.meta", "markdown.extensions.tables"], "output_format": "html5"}
TYPOGRIFY = False

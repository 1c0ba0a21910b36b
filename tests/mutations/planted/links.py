"""Plant dead links, foreign resources, scripts and styles."""

from tests.mutations.mutation import add, page_mutation, put

ELSEWHERE = "https://cdn.example.org/x"

MUTATIONS = (
    page_mutation("link a page that is not there", "links_resolve", add(
        "main", "a", "here", href="/nowhere/")),
    page_mutation("link a fragment that is not there", "links_resolve", add(
        "main", "a", "here", href="/about/#nowhere")),
    page_mutation("link an address without a host", "links_resolve", add(
        "main", "a", "here", href="javascript:void(0)")),
    page_mutation("break a menu link", "links_resolve", put(
        "header a[href]", "href", "/no-menu/"), "about/index.html"),
    page_mutation("fetch an image from elsewhere", "nothing_is_fetched_from_elsewhere", add(
        "main", "img", src=f"{ELSEWHERE}.png", alt="")),
    page_mutation("fetch a style from elsewhere", "nothing_is_fetched_from_elsewhere", add(
        "head", "link", rel="stylesheet", href=f"{ELSEWHERE}.css")),
    page_mutation("fetch a font from elsewhere", "nothing_is_fetched_from_elsewhere", add(
        "head", "style", f"@font-face{{font-family:x;src:url({ELSEWHERE}.woff2)}}")),
    page_mutation("show an image that is not there", "images_and_media_resolve", add(
        "main", "img", src="/images/none.svg", alt="")),
    page_mutation("run an inline script", "only_ours_run", add("body", "script", "alert(1)")),
    page_mutation("run a file of another folder", "only_ours_run", add(
        "body", "script", src="/images/x.js", defer="")),
    page_mutation("hold up the page", "only_ours_run", add(
        "body", "script", src="/assets/site.0123456789abcdef.js")),
    page_mutation("run a handler", "only_ours_run", put("main", "onclick", "alert(1)")),
    page_mutation("style an element", "only_ours_run", put("main", "style", "color:red")),
    page_mutation("embed a frame", "only_ours_run", add("main", "iframe", src="/about/")),
    page_mutation("leave without noopener", "links_open_safely", add(
        "main", "a", "here", href="https://example.org/")),
    page_mutation("describe by a missing id", "references_to_ids_resolve", put(
        "main", "aria-labelledby", "nowhere")),
)  # fmt: skip

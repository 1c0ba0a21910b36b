// Show what a term means beside it: on hover, on focus, and at the first tap. The link stays.
const openInGlossary = document.currentScript.dataset.words.split("|")[3];
const box = document.createElement("div");
let terms, shown, wanted, wait;
box.className = "term-card";
box.id = "term-card";
box.popover = "manual";
document.body.append(box);

const load = link => terms ??= fetch(link.href).then(answer => answer.text())
  .then(text => new DOMParser().parseFromString(text, "text/html"));
const hide = () => {
  clearTimeout(wait);
  if (!shown) return;
  shown.removeAttribute("aria-describedby");
  shown.style.anchorName = "";
  shown = null;
  box.hidePopover();
};
const show = async link => {
  const page = await load(link).catch(() => null);
  const entry = page?.getElementById(link.hash.slice(1));
  const name = entry?.querySelector("dfn"), meaning = entry?.querySelector("dd p");
  if (!meaning || link !== wanted) return;
  hide();
  const term = document.createElement("b");
  const more = document.createElement("a");
  term.textContent = name.textContent;
  more.href = link.href;
  more.textContent = openInGlossary;
  box.replaceChildren(term, ` ${meaning.textContent} `, more);
  shown = link;
  link.style.anchorName = "--term";
  link.setAttribute("aria-describedby", box.id);
  box.showPopover();
};
const want = (link, delay) => {
  wanted = link;
  clearTimeout(wait);
  if (link === shown) return;
  wait = setTimeout(() => link ? show(link) : hide(), delay);
};
const at = event => event.target instanceof Element && event.target.closest(".term");

document.addEventListener("pointerover", event => {
  if (event.pointerType !== "mouse") return;
  if (box.contains(event.target)) want(shown, 0);
  else if (at(event) || shown) want(at(event) || null, 250);
});
document.addEventListener("focusin", event => {
  // At once: what is focused must not lie under the card (WCAG 2.4.11).
  if (at(event) !== shown && !box.contains(event.target)) hide();
  if (at(event) || shown || wanted) want(at(event) || null, 0);
});
document.addEventListener("keydown", event => { if (event.key === "Escape") { wanted = null; hide(); } });
// A first tap shows the card, a second one follows the link.
document.addEventListener("click", event => {
  const link = at(event);
  if (event.pointerType !== "touch") return;
  if (link && link !== shown) {
    event.preventDefault();
    want(link, 0);
  } else if (!link) {
    want(null, 0);
  }
});

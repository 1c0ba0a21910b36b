// Listens to the preview: reloads the page after a build, shows what stops one.

const SCROLL = `preview-scroll:${location.pathname}`;
const panel = document.createElement("aside");
let version = null;
let hidden = "";

panel.className = "preview-panel";
panel.setAttribute("role", "alert");
panel.setAttribute("aria-label", "Findings");
panel.hidden = true;

const style = document.createElement("link");
style.rel = "stylesheet";
style.href = "/-/preview/preview.css";
document.head.append(style);
document.body.append(panel);

const kept = sessionStorage.getItem(SCROLL);
if (kept !== null) {
  sessionStorage.removeItem(SCROLL);
  history.scrollRestoration = "manual";
  scrollTo(0, Number(kept));
  addEventListener("load", () => scrollTo(0, Number(kept)), { once: true });
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function item(finding) {
  const row = element("li", `preview-panel__finding preview-panel__finding--${finding.severity}`, "");
  const place = element(
    "button",
    "preview-panel__place",
    `${finding.path}:${finding.line}:${finding.column}`,
  );
  place.type = "button";
  place.title = "Open in the editor";
  place.addEventListener("click", () => open(finding, row));
  row.append(place, element("span", "preview-panel__code", `${finding.severity} ${finding.code}`));
  row.append(element("p", "preview-panel__message", finding.message));
  if (finding.hint) row.append(element("p", "preview-panel__hint", finding.hint));
  return row;
}

async function open(finding, row) {
  const { path, line, column } = finding;
  const answer = await fetch("/-/preview/open", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ path, line, column }),
  });
  const { opened } = await answer.json();
  if (!opened) {
    row.querySelector(".preview-panel__failure")?.remove();
    row.append(
      element("p", "preview-panel__failure", "No editor was found; set WELLSOURCED_EDITOR."),
    );
  }
}

function show(findings) {
  const key = JSON.stringify(findings);
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const warnings = findings.length - errors;
  panel.hidden = findings.length === 0 || key === hidden;
  if (key !== hidden) hidden = "";
  panel.dataset.key = key;
  const head = element("p", "preview-panel__head", `${errors} errors, ${warnings} warnings`);
  if (errors) head.append(element("span", "preview-panel__note", " The last good page stays."));
  const close = element("button", "preview-panel__close", "Close");
  close.type = "button";
  close.addEventListener("click", hide);
  const list = element("ol", "preview-panel__list", "");
  list.append(...findings.map(item));
  panel.replaceChildren(head, close, list);
}

function hide() {
  hidden = panel.dataset.key;
  panel.hidden = true;
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !panel.hidden) hide();
});

new EventSource("/-/preview/events").addEventListener("message", (event) => {
  const state = JSON.parse(event.data);
  show(state.findings);
  if (version !== null && state.version > version) {
    sessionStorage.setItem(SCROLL, String(scrollY));
    location.reload();
  }
  version = state.version;
});

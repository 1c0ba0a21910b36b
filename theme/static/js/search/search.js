// Search the site: load the index when the form is first used, show what is found as links.
const form = document.querySelector(".search");
const query = form.elements.q;
const words = form.dataset;
const told = document.querySelector(".search-status");
const list = document.querySelector(".search-results");
const more = document.querySelector(".search-more");
const plain = document.querySelector(".search-index");
const address = new URL(words.engine, location);
const STEP = 10;
let engine, results = [], latest = 0, waiting;

const load = () => engine ??= import(address).then(async found => {
  await found.options({excerptLength: 24, ranking: {metaWeights: {title: 5}}});
  await found.init();
  const base = new URL("..", address).pathname;
  for (let part = 1; part < words.parts; part++)
    await found.mergeIndex(`${base}search/${part}/pagefind/`, {baseUrl: base});
  await found.filters();
  return found;
});
// The next try loads anew: the network may be back.
const forget = () => {
  engine?.then(found => found.destroy()).catch(() => {});
  engine = undefined;
};
const kind = () => form.elements.kind.value;
const say = text => { told.textContent = text; };
const make = (name, of, text = "") => {
  const made = document.createElement(name);
  made.className = of;
  made.textContent = text;
  return made;
};
const link = (of, text, href) => Object.assign(make("a", of, text), {href});
// What is found is text of the site, never markup: only the marks around its words are made.
const marked = excerpt => {
  const made = make("p", "search-results__excerpt");
  excerpt.split(/<\/?mark>/).forEach((part, at) => {
    const text = part.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
    made.append(at % 2 ? make("mark", "search-results__mark", text) : text);
  });
  return made;
};
const item = found => {
  const made = make("li", "search-results__item");
  const option = [...form.elements.kind].find(one => one.value === found.filters.kind?.[0]);
  const head = make("h2", "search-results__title");
  head.append(link("search-results__link", found.meta.title, found.url));
  made.append(head, make("p", "search-results__kind", option?.dataset.one), marked(found.excerpt));
  const parts = found.sub_results.filter(part => part.anchor).slice(0, 3);
  if (parts.length) {
    const sections = make("ul", "search-results__sections");
    for (const part of parts) {
      const row = document.createElement("li");
      row.append(link("search-results__link", part.title, part.url));
      sections.append(row);
    }
    made.append(sections);
  }
  return made;
};
const clear = () => {
  results = [];
  list.replaceChildren();
  list.hidden = more.hidden = true;
  plain.hidden = false;
};
const extend = async turn => {
  const shown = list.childElementCount;
  const next = await Promise.all(results.slice(shown, shown + STEP).map(one => one.data()));
  if (turn !== latest) return;
  // Who types a term whole wants that term first.
  const whole = one => one.meta.title.toLowerCase() === query.value.trim().toLowerCase();
  next.sort((one, other) => whole(other) - whole(one));
  list.append(...next.map(item));
  more.hidden = list.childElementCount >= results.length;
  return list.children[shown];
};
const count = found => {
  for (const one of form.elements.kind) {
    const number = one.value ? found.totalFilters.kind?.[one.value] ?? 0 : found.unfilteredResultCount;
    one.parentElement.querySelector("span").textContent = ` (${number})`;
  }
};
const search = async () => {
  const turn = ++latest;
  const asked = query.value.trim();
  const here = new URL(location);
  for (const [name, value] of [["q", asked], ["kind", kind()]])
    if (value) here.searchParams.set(name, value); else here.searchParams.delete(name);
  history.replaceState(null, "", here);
  if (!asked) {
    clear();
    say("");
    return;
  }
  try {
    const found = await (await load()).search(asked, kind() ? {filters: {kind: [kind()]}} : {});
    // A part of the index that does not come is passed over in silence; ask whether any would.
    if (!found.results.length && !(await fetch(new URL("pagefind-entry.json", address), {cache: "no-store"})).ok) throw Error(asked);
    if (turn !== latest) return;
    clear();
    count(found);
    results = found.results;
    await extend(turn);
    if (turn !== latest) return;
    plain.hidden = results.length > 0;
    list.hidden = !results.length;
    const said = results.length === 1 ? words.one : results.length ? words.many : words.none;
    say(said.replace("{number}", results.length).replace("{query}", () => asked));
  } catch {
    if (turn !== latest) return;
    forget();
    clear();
    say(words.failed);
  }
};

say("");
form.addEventListener("focusin", () => load().catch(forget), {once: true});
form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(search, 150);
});
form.addEventListener("submit", event => {
  event.preventDefault();
  clearTimeout(waiting);
  search();
});
more.addEventListener("click", async () => (await extend(latest))?.querySelector("a").focus());
// Down and Up go from the field through the results; Escape goes back to the field.
document.addEventListener("keydown", event => {
  const links = [query, ...list.querySelectorAll("h2 a")];
  const at = links.indexOf(document.activeElement);
  const to = {ArrowDown: at + 1, ArrowUp: at - 1, Escape: 0}[event.key];
  if (at < 0 || !links[to] || to === at || list.hidden || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  links[to].focus();
});
const given = new URLSearchParams(location.search);
query.value = given.get("q") ?? "";
for (const one of form.elements.kind) one.checked = one.value === (given.get("kind") ?? "");
if (!kind()) form.elements.kind[0].checked = true;
if (query.value) search();

// Mark the section being read in the contents list; step to the section before or after it.
const nav = document.querySelector(".contents");
if (nav) {
  const [, , , , previous, next] = document.currentScript.dataset.words.split("|");
  const fold = nav.querySelector("details");
  const links = [...fold.querySelectorAll("a")];
  const sections = links.map(link => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  const wide = matchMedia("(min-width: 68.75em)");
  const here = document.createElement("span");
  const steps = [-1, 1].map(way => {
    const step = document.createElement("a");
    step.className = "contents__step";
    step.textContent = way < 0 ? "↑" : "↓";
    return step;
  });
  let now = -2;

  const point = (step, word, link) => {
    step.hidden = !link;
    if (link) {
      step.href = link.hash;
      step.ariaLabel = `${word}: ${link.textContent}`;
    }
  };
  const mark = () => {
    // A jump ends a scroll margin below the top; what has come that far is being read.
    const line = parseFloat(getComputedStyle(sections[0]).scrollMarginBlockStart) + 40;
    let at = sections.findLastIndex(section => section?.getBoundingClientRect().top < line);
    if (scrollY > 0 && scrollY + innerHeight > document.documentElement.scrollHeight - 4) at = links.length - 1;
    if (at === now) return;
    links[now]?.removeAttribute("aria-current");
    const link = links[now = at];
    here.textContent = link?.textContent ?? "";
    point(steps[0], previous, links[at - 1]);
    point(steps[1], next, links[at + 1]);
    if (!link) return;
    link.setAttribute("aria-current", "location");
    const low = link.offsetTop - nav.scrollTop;
    if (low < 0 || low > nav.clientHeight - 60) nav.scrollTop = link.offsetTop - nav.clientHeight / 2;
  };
  const adapt = () => { fold.open = wide.matches; };

  here.className = "contents__here";
  fold.querySelector("summary").append(here);
  nav.append(...steps);
  wide.addEventListener("change", adapt);
  adapt();
  fold.addEventListener("click", event => {
    if (!wide.matches && event.target.closest("a")) fold.open = false;
  });
  let due = 0;
  addEventListener("scroll", () => {
    cancelAnimationFrame(due);
    due = requestAnimationFrame(mark);
  }, {passive: true});
  mark();
}

// In the preview of a source, mark the cite it was opened from; step to the one before or after;
// close it, as Escape and a tap elsewhere do too.
const close = document.createElement("button");
close.type = "button";
close.textContent = document.currentScript.dataset.words.split("|")[6];
document.addEventListener("toggle", event => {
  const box = event.target;
  if (!box.matches(".references li")) return;
  for (const step of box.querySelectorAll(".step")) step.remove();
  if (event.newState !== "open") {
    for (const link of box.querySelectorAll("[aria-current]")) link.removeAttribute("aria-current");
    return;
  }
  const cite = (event.source ?? document.activeElement).previousElementSibling;
  const links = [...box.querySelectorAll("[role=doc-backlink]")];
  const at = links.findIndex(link => link.hash === `#${cite?.id}`);
  if (at >= 0) links[at].ariaCurrent = "location";
  for (const [way, sign] of [[-1, "↑"], [1, "↓"]]) {
    const link = at < 0 ? null : links[at + way];
    if (!link) continue;
    const step = link.cloneNode();
    step.textContent = sign;
    step.className = "step";
    links[0].parentElement.append(step);
  }
  box.append(close);
}, true);
close.addEventListener("click", () => close.parentElement.hidePopover());
document.addEventListener("click", event => {
  if (event.target.closest(".references a[href^='#']")) event.target.closest(":popover-open")?.hidePopover();
});

// In the preview of a source, mark the cite it was opened from; step to the one before or after.
document.addEventListener("toggle", event => {
  const box = event.target;
  if (!box.matches(".source-preview")) return;
  for (const step of box.querySelectorAll(".backlink--step")) step.remove();
  if (event.newState !== "open") return;
  const cite = (event.source ?? document.activeElement).previousElementSibling;
  const links = [...box.querySelectorAll(".backlink")];
  const at = links.findIndex(link => link.hash === `#${cite?.id}`);
  links.forEach((link, i) => { link.ariaCurrent = i === at ? "location" : null; });
  for (const [way, sign] of [[-1, "↑"], [1, "↓"]]) {
    const link = at < 0 ? null : links[at + way];
    if (!link) continue;
    const step = link.cloneNode();
    step.textContent = sign;
    step.classList.add("backlink--step");
    step.removeAttribute("aria-current");
    links[0].parentElement.append(step);
  }
}, true);
document.addEventListener("click", event => {
  if (event.target.closest(".source-preview a[href^='#']")) event.target.closest(".source-preview").hidePopover();
});

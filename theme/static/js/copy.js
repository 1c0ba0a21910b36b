// Copy the address of a section, or the citation of the page, and say so.
if (navigator.clipboard) {
  const [copyIt, copied] = document.currentScript.dataset.words.split("|");
  const told = document.createElement("p");
  told.className = "copied";
  told.setAttribute("role", "status");
  document.body.append(told);
  const copy = async text => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      return;
    }
    told.textContent = copied;
    setTimeout(() => { told.textContent = ""; }, 2500);
  };
  document.addEventListener("click", event => {
    const link = event.target.closest(".copy-link");
    if (link) copy(link.href);
  });
  const citation = document.querySelector(".citation__text");
  if (citation) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = copyIt;
    button.addEventListener("click", () => copy(citation.textContent.trim()));
    citation.before(button);
  }
}

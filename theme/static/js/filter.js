// Give each long table a field that leaves only the rows with some words.
const showOnly = document.currentScript.dataset.words.split("|")[2];
for (const table of document.querySelectorAll(".table table")) {
  const rows = [...table.tBodies[0].rows];
  if (rows.length < 20) continue;
  const label = document.createElement("label");
  const field = document.createElement("input");
  const count = document.createElement("span");
  label.className = "filter";
  field.type = "search";
  count.setAttribute("role", "status");
  label.append(`${showOnly} `, field, count);
  table.parentElement.before(label);
  const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const texts = rows.map(row => fold(row.textContent));
  field.addEventListener("input", () => {
    const wanted = fold(field.value).trim().split(/\s+/);
    let shown = 0;
    rows.forEach((row, at) => {
      row.hidden = !wanted.every(word => texts[at].includes(word));
      shown += !row.hidden;
    });
    count.textContent = field.value ? ` ${shown} / ${rows.length}` : "";
  });
}

// Sorts and filters the tables of the page. Without it they are plain tables.
"use strict";
(() => {
  const words = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const fewRows = 10;

  // Empty cells come last, in either order.
  function sort(table, column, isDescending) {
    const body = table.tBodies[0];
    const rows = Array.from(body.rows, (row) => ({ row, text: row.cells[column].textContent }));
    rows.sort((a, b) => {
      if (a.text === "" || b.text === "") return (a.text === "") - (b.text === "");
      return isDescending ? words.compare(b.text, a.text) : words.compare(a.text, b.text);
    });
    body.append(...rows.map(({ row }) => row));
  }

  function addSorting(table) {
    if (table.tBodies[0].rows.length < 2) return;
    const heads = Array.from(table.tHead.rows[0].cells);
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const isDescending = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((each) => each.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", isDescending ? "descending" : "ascending");
        sort(table, column, isDescending);
      });
    });
  }

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  function addFilter(box, table) {
    const rows = Array.from(table.tBodies[0].rows);
    if (rows.length <= fewRows) return;
    const caption = table.caption;
    const tools = document.createElement("div");
    const label = document.createElement("label");
    const field = document.createElement("input");
    const count = document.createElement("output");
    tools.className = "tools";
    field.type = "search";
    field.id = caption.id + "-filter";
    label.htmlFor = field.id;
    label.textContent = "Show rows with";
    field.setAttribute("aria-describedby", caption.id);
    count.htmlFor = field.id;
    tools.append(label, field, count);
    box.prepend(tools);

    let texts = null;
    field.addEventListener("input", () => {
      texts ??= rows.map((row) => plain(Array.from(row.cells, (cell) => cell.textContent).join(" ")));
      const wanted = plain(field.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, i) => {
        row.hidden = !wanted.every((word) => texts[i].includes(word));
        if (!row.hidden) ++shown;
      });
      count.textContent = wanted.length ? `${shown} of ${rows.length} rows` : "";
    });
  }

  for (const box of document.querySelectorAll("div.table")) {
    const table = box.querySelector("table");
    addSorting(table);
    addFilter(box, table);
  }

  // What is folded up is printed, too.
  const opened = [];
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details:not([open])")) {
      details.open = true;
      opened.push(details);
    }
  });
  addEventListener("afterprint", () => {
    for (const details of opened.splice(0)) details.open = false;
  });
})();

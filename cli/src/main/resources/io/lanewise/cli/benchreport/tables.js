"use strict";
// Tables with a line for each row of the result: filtered, searched, sorted by their headings.
(() => {
  const { data, byId } = Bench;

  const value = (index, key) => {
    if (key === "row") return Number(index);
    const of = data.rows[index][key];
    return typeof of === "boolean" ? (of ? 0 : 1) : of ?? null;
  };
  const compare = (key, sign) => (a, b) => {
    const [x, y] = [value(a.dataset.row, key), value(b.dataset.row, key)];
    if (x === y) return a.dataset.row - b.dataset.row;
    if (x === null || y === null) return x === null ? 1 : -1;
    return x < y ? -sign : sign;
  };

  // Puts a button into each heading that has a key; what is large comes first, but for text and times.
  const sortable = (table, show) => {
    const headings = [...table.querySelectorAll("th[data-key]")];
    for (const heading of headings) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => {
        const key = heading.dataset.key;
        const before = heading.getAttribute("aria-sort");
        const upFirst = ["row", "series", "threads", "ms", "level", "failed"].includes(key);
        const up = before ? before !== "ascending" : upFirst;
        headings.forEach((other) => other.removeAttribute("aria-sort"));
        heading.setAttribute("aria-sort", up ? "ascending" : "descending");
        const body = table.tBodies[0];
        body.append(...[...body.rows].sort(compare(key, up ? 1 : -1)));
        show();
      });
    }
  };

  const table = (id, most, wanted) => {
    const few = Bench.few(id, most);
    const show = () => few(byId(id).tBodies[0].rows, (tr) => wanted(data.rows[tr.dataset.row], tr));
    sortable(byId(id), show);
    return show;
  };

  const search = byId("search");
  const everything = byId("everything");
  const words = () => search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const showRows = table("rowTable", 30, (row, tr) => {
    const text = tr.textContent.toLowerCase();
    return (everything.checked || Bench.hasRow(row)) && words().every((word) => text.includes(word));
  });
  const find = () => {
    byId("found").textContent =
      showRows().toLocaleString("en-US") + " of " + Bench.count(data.rows.length, "row");
  };
  search.addEventListener("input", find);
  everything.addEventListener("change", find);
  Bench.onChange(find);
  table("failureTable", 30, () => true)();
  Bench.onChange(table("noiseTable", 10, Bench.hasRow));
})();

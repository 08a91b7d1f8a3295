"use strict";
// The result's numbers, what of them is selected, and how they are written. Charts and tables follow by onChange.
const Bench = (() => {
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("data").textContent);
  const listeners = [];
  const selection = {
    op: "",
    file: "",
    threads: 0,
    contenders: new Set(data.contenders.keys()),
  };

  // As Figures.number in Java: three digits, and exponents for what needs more than seven places.
  const number = (value) => {
    if (!Number.isFinite(value)) return "–"; // null, too
    if (value === 0) return "0";
    const rounded = Number(value.toPrecision(3));
    const exponent = Math.floor(Math.log10(Math.abs(rounded)));
    if (exponent < -4 || exponent > 6) return value.toExponential(2).replace("e+", "e");
    const digits = Math.max(0, 2 - exponent);
    return rounded.toLocaleString("en-US", {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  };
  const share = (value) => number(value * 100) + "\u202f%";
  const count = (n, one) => n.toLocaleString("en-US") + " " + one + (n === 1 ? "" : "s");

  const hasTask = (x) =>
    (!selection.op || x.op === selection.op) &&
    (!selection.file || x.files.includes(selection.file)) &&
    x.threads === selection.threads;
  const hasRow = (row) => hasTask(row) && selection.contenders.has(row.contender);

  const changed = () => listeners.forEach((listener) => listener());

  // A drop-down list; one that leaves no choice is not shown.
  const choice = (id, values, all, read) => {
    const select = byId(id);
    if (all) select.add(new Option(all, ""));
    values.forEach((value) => select.add(new Option(value)));
    select.closest("label").hidden = values.length < 2;
    select.addEventListener("change", () => {
      selection[id] = read(select.value);
      changed();
    });
  };
  const distinct = (values) => [...new Set(values)];

  const box = ({ name, tone }, contender) => {
    const label = document.createElement("label");
    const input = document.createElement("input");
    const swatch = document.createElement("span");
    label.className = "box";
    input.type = "checkbox";
    input.checked = true;
    swatch.className = "swatch t" + tone;
    label.append(input, swatch, name);
    input.addEventListener("change", () => {
      if (input.checked) selection.contenders.add(contender);
      else selection.contenders.delete(contender);
      changed();
    });
    return label;
  };

  // Hides what is not wanted, and all but the first few of the rest until the button is pressed.
  const few = (id, most) => {
    const button = document.querySelector('[data-more="' + id + '"]');
    let all = false;
    let last = [];
    const show = (elements, wanted) => {
      last = [elements, wanted];
      let seen = 0;
      for (const element of elements) {
        element.hidden = !wanted(element);
        if (!element.hidden) seen++;
        element.classList.toggle("cut", !all && seen > most);
      }
      button.hidden = seen <= most;
      button.textContent = all ? "Show fewer" : "Show all " + seen.toLocaleString("en-US");
      button.setAttribute("aria-expanded", all);
      return seen;
    };
    button.addEventListener("click", () => {
      all = !all;
      show(...last);
    });
    return show;
  };

  const threads = distinct(data.rows.map((row) => row.threads)).sort((a, b) => a - b);
  selection.threads = threads[0] ?? 0;
  choice("op", distinct(data.rows.map((row) => row.op)), "all", String);
  choice("file", distinct(data.rows.flatMap((row) => row.files)), "all", String);
  choice("threads", threads, null, Number);
  byId("contenders").append(...data.contenders.map(box));
  byId("contenders").hidden = data.contenders.length < 2;
  document.querySelectorAll("[data-script]").forEach((element) => (element.hidden = false));

  // Calls listener now and whenever the selection changes.
  const onChange = (listener) => {
    listeners.push(listener);
    listener();
  };
  onChange(() => {
    const rows = data.rows.filter(hasRow).length.toLocaleString("en-US");
    byId("selected").textContent = rows + " of " + count(data.rows.length, "row");
  });

  return {
    data,
    byId,
    number,
    share,
    count,
    selection,
    hasTask,
    hasRow,
    few,
    onChange,
  };
})();

"use strict";
// Bars: which tasks are shown, in which order; and the rivals' means over these tasks.
(() => {
  const { data, byId, count } = Bench;

  // Order is a field of a task, with - before it for the greatest first; tasks without it come last.
  const sorted = (bodies, order) => {
    const field = order.replace("-", "");
    const sign = order.startsWith("-") ? -1 : 1;
    return [...bodies].sort((a, b) => {
      const [s, t] = [Number(a.dataset.task), Number(b.dataset.task)];
      const [x, y] = [data.tasks[s][field] ?? null, data.tasks[t][field] ?? null];
      if (!field || x === y) return s - t;
      if (x === null || y === null) return x === null ? 1 : -1;
      return sign * (x - y);
    });
  };

  const bars = (id, orderId, emptyId) => {
    const table = byId(id);
    const select = byId(orderId);
    const few = Bench.few(id, 12);
    const show = () => {
      const bodies = sorted(table.tBodies, select.value);
      table.append(...bodies);
      for (const row of table.querySelectorAll("tr[data-contender]")) {
        row.hidden = !Bench.selection.contenders.has(Number(row.dataset.contender));
      }
      const seen = few(
        bodies,
        (body) =>
          Bench.hasTask(data.tasks[body.dataset.task]) &&
          body.querySelector("tr[data-contender]:not([hidden])") !== null,
      );
      table.hidden = seen === 0;
      byId(emptyId).hidden = seen > 0;
    };
    select.addEventListener("change", show);
    Bench.onChange(show);
  };

  // The words are those of RivalCards in Java.
  const mean = (card) => {
    const ratios = data.tasks
      .filter(Bench.hasTask)
      .map((task) => task.ratios[card.dataset.rival])
      .filter((ratio) => ratio !== null);
    const sum = ratios.reduce((logs, ratio) => logs + Math.log(ratio), 0);
    card.querySelector(".mean").hidden = ratios.length === 0;
    card.querySelector(".mean strong").textContent =
      Bench.number(Math.exp(sum / ratios.length)) + "×";
    card.querySelector(".note").textContent =
      ratios.length === 0
        ? "no task to compare"
        : "geometric mean of " +
          count(ratios.length, "task") +
          " on " +
          count(Bench.selection.threads, "thread") +
          "; we are faster at " +
          ratios.filter((ratio) => ratio > 1).length.toLocaleString("en-US");
  };

  const leftOut = (card) => {
    const details = card.querySelector("details");
    if (!details) return;
    let seen = 0;
    for (const item of details.querySelectorAll("li")) {
      item.hidden = !Bench.hasTask(data.tasks[item.dataset.task]);
      if (!item.hidden) seen++;
    }
    details.hidden = seen === 0;
    details.querySelector(".count").textContent = count(seen, "task");
  };

  bars("rivalBars", "rivalOrder", "noRivals");
  bars("algorithmBars", "algorithmOrder", "noAlgorithms");
  Bench.onChange(() => {
    for (const card of document.querySelectorAll(".rival")) {
      card.hidden =
        Number(card.dataset.threads) !== Bench.selection.threads ||
        !Bench.selection.contenders.has(Number(card.dataset.contender));
      if (!card.hidden) {
        mean(card);
        leftOut(card);
      }
    }
  });
})();

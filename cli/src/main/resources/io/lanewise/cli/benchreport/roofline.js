"use strict";
// The roofline plot: a dot for each row that is selected, under its ceilings; a button for each series.
(() => {
  const { data, byId, number, share } = Bench;
  // Chart.js' names of the markers in bench.html, and whether they are filled.
  const MARKS = [
    ["circle", true],
    ["triangle", true],
    ["rect", true],
    ["rectRot", true],
    ["crossRot", false],
    ["circle", false],
    ["triangle", false],
    ["rect", false],
    ["rectRot", false],
    ["cross", false],
    ["star", false],
  ];
  const measured = data.rows.filter((row) => row.ms !== undefined);
  if (measured.length === 0) return;
  const off = new Set(); // series that their buttons have switched off

  const wrap = (text) => {
    const lines = [""];
    for (const word of text.split(" ")) {
      const longer = lines[lines.length - 1] + " " + word;
      if (longer.length > 36 && lines[lines.length - 1]) lines.push(word);
      else lines[lines.length - 1] = longer.trim();
    }
    return lines;
  };

  const axis = (title) => ({
    type: "logarithmic",
    title: { display: true, text: title },
    ticks: { maxRotation: 0, callback: () => null },
  });
  const chart = new Chart(byId("rooflineChart"), {
    type: "scatter",
    data: { datasets: [] },
    plugins: [Ceilings.names],
    options: {
      animation: false,
      maintainAspectRatio: false,
      interaction: { mode: "nearest", intersect: true },
      scales: { x: axis("Floating-point operations a byte"), y: axis("GFLOP/s") },
      plugins: {
        legend: { display: false },
        tooltip: {
          usePointStyle: true,
          filter: (item) => item.dataset.rows !== undefined,
          callbacks: {
            title: ([item]) => (item ? wrap(item.raw.row.op + " " + item.raw.row.shape) : ""),
            label: (item) => {
              const row = item.raw.row;
              const noise = row.noise === null ? "unknown" : share(row.noise);
              return [
                item.dataset.label + ", " + Bench.count(row.threads, "thread"),
                number(row.ms) + " ms, noise " + noise,
                number(row.gflops) + " GFLOP/s, " + share(row.ofPeak) + " of peak",
                number(row.gbs) + " GB/s, " + share(row.ofBandwidth) + " of " + row.level + " copy",
              ];
            },
          },
        },
      },
    },
  });

  const range = (scale, low, high) => {
    scale.min = low;
    scale.max = high;
    scale.ticks.callback = Ceilings.ticks(low, high);
  };

  const dots = (series, s, rows) => ({
    label: series.name,
    tone: series.tone,
    rows,
    data: rows.map((row) => ({ x: row.intensity, y: row.gflops, row })),
    hidden: off.has(s),
    pointStyle: MARKS[series.mark][0],
    filled: MARKS[series.mark][1],
    pointRadius: rows.length > 150 || innerWidth < 600 ? 4 : 5.5,
    pointHoverRadius: 8,
    pointHitRadius: 6,
    pointBorderWidth: 2,
    order: 0,
  });

  const paint = () => {
    Page.paintAxes(chart.options);
    for (const set of chart.data.datasets) {
      const colour = Page.colour(set.ceiling ? "quiet" : "t" + set.tone);
      set.borderColor = colour;
      set.backgroundColor = set.filled ? colour + "b0" : "transparent";
    }
    chart.update();
  };

  const buttons = data.series.map((series, s) => {
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-pressed", "true");
    button.innerHTML = '<svg class="mark" viewBox="0 0 14 14" aria-hidden="true"><use/></svg>';
    button.firstChild.classList.add("t" + series.tone);
    button.querySelector("use").setAttribute("href", "#m" + series.mark);
    button.append(series.name);
    button.addEventListener("click", () => {
      if (!off.delete(s)) off.add(s);
      button.setAttribute("aria-pressed", !off.has(s));
      draw();
    });
    return button;
  });
  byId("legend").append(...buttons);

  const draw = () => {
    const rows = measured.filter(Bench.hasRow);
    const ceilings = data.ceilings.find((c) => c.threads === Bench.selection.threads);
    byId("rooflineChart").parentElement.hidden = rows.length === 0;
    byId("noDots").hidden = rows.length > 0;
    buttons.forEach((button, s) => (button.hidden = !rows.some((row) => row.series === s)));
    if (rows.length === 0) return;
    const x = rows.map((row) => row.intensity);
    const y = rows.map((row) => row.gflops);
    const ridges = ceilings.levels.map((level) => ceilings.peak / level.gbs);
    const left = Math.min(...x, ...ridges) / 3;
    const right = Math.max(...x, ...ridges) * 2;
    const bottom = Math.min(...y, ceilings.peak / 10) / 1.5;
    range(chart.options.scales.x, left, right);
    range(chart.options.scales.y, bottom, Math.max(...y, ceilings.peak) * 1.6);
    chart.data.datasets = [
      ...Ceilings.lines(ceilings, left, right, bottom),
      ...data.series.map((series, s) => dots(series, s, rows.filter((row) => row.series === s))),
    ];
    paint();
  };
  Bench.onChange(draw);
  Page.painted(paint);
})();

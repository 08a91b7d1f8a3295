"use strict";
// Draws the two curves from the JSON in #epochs, in the page's colours, light or dark.
(() => {
  const data = JSON.parse(document.getElementById("epochs").textContent);

  // Test differs from train in dash and marker too, not in colour alone.
  const line = (label, values, tone, test) => ({
    label,
    data: values,
    tone,
    borderWidth: 2.5,
    borderDash: test ? [7, 4] : [],
    pointStyle: test ? "rectRot" : "circle",
    pointRadius: values.length > 40 ? 0 : test ? 4.5 : 3.5,
    pointHoverRadius: 6,
    tension: 0,
  });

  const percent = (value) => (value * 100).toFixed(2) + " %";
  const loss = (value) => value.toFixed(4);

  const draw = (id, train, test, extra, format) =>
    new Chart(document.getElementById(id), {
      type: "line",
      data: {
        labels: data.epoch,
        datasets: [line("Train", train, "train", false), line("Test", test, "test", true)],
      },
      options: {
        animation: false,
        maintainAspectRatio: false,
        interaction: { mode: "index", intersect: false },
        scales: {
          x: { title: { display: true, text: "Epoch" }, ticks: { maxRotation: 0 } },
          y: extra,
        },
        plugins: {
          legend: { align: "end", labels: { usePointStyle: true, boxHeight: 9, padding: 14 } },
          tooltip: {
            callbacks: {
              title: (items) => "Epoch " + items[0].label,
              label: (item) => item.dataset.label + ": " + format(item.parsed.y),
            },
          },
        },
      },
    });

  const short = (value) => Number((value * 100).toPrecision(6)) + " %";
  const charts = [
    draw("lossChart", data.trainLoss, data.testLoss, { min: 0 }, loss),
    draw(
      "accuracyChart",
      data.trainAccuracy,
      data.testAccuracy,
      { suggestedMax: 1, max: 1, ticks: { callback: short } },
      percent,
    ),
  ];

  Page.painted(() => {
    for (const chart of charts) {
      Page.paintAxes(chart.options);
      for (const set of chart.data.datasets) {
        set.borderColor = Page.colour(set.tone);
        set.backgroundColor = Page.colour(set.tone);
      }
      chart.update();
    }
  });
})();

"use strict";
// The roofline's lines, their names, and the ticks of its axes.
const Ceilings = (() => {
  // Names the ceilings along their lines, under the dots. Where two lines are closer than their names are high, the
  // second name comes after the first; what does not fit is shortened.
  const names = {
    id: "names",
    beforeDatasetsDraw(chart) {
      const { ctx, scales } = chart;
      ctx.save();
      ctx.font = "600 12px " + Chart.defaults.font.family;
      ctx.fillStyle = Page.colour("quiet");
      let above = null;
      for (const set of chart.data.datasets.filter((s) => s.ceiling)) {
        const [from, to] = set.data.map((p) => [
          scales.x.getPixelForValue(p.x),
          scales.y.getPixelForValue(p.y),
        ]);
        const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
        const height = from[1] - from[0] * Math.tan(angle); // where the line meets the left border of the canvas
        const close = above && Math.abs(height - above.height) * Math.cos(angle) < 14;
        const start = close ? above.end + 10 : 8;
        const room = Math.hypot(to[0] - from[0], to[1] - from[1]) - start;
        const text = [set.label, set.short].find((t) => ctx.measureText(t).width < room);
        if (!text) continue;
        ctx.save();
        ctx.translate(...from);
        ctx.rotate(angle);
        ctx.fillText(text, start, -5);
        ctx.restore();
        above = set.ceiling === "peak" ? null : { height, end: start + ctx.measureText(text).width };
      }
      ctx.restore();
    },
  };

  // Ticks at powers of ten, and at 2 and 5 between them where there are few.
  const ticks = (min, max) => {
    const decades = Math.log10(max / min);
    const every = Math.ceil(decades / 7);
    return (value) => {
      const exponent = Math.floor(Math.log10(value) + 1e-9);
      const digit = Number((value / 10 ** exponent).toPrecision(4));
      const wanted =
        digit === 1 ? exponent % every === 0 : decades < 3 && (digit === 2 || digit === 5);
      if (!wanted) return null;
      if (exponent < -4 || exponent > 5) return digit + "e" + exponent;
      return value.toLocaleString("en-US", { maximumSignificantDigits: 1 });
    };
  };
  // The ceilings as data sets: the peak from where the first memory can feed it, the memories up to the peak.
  const lines = (ceilings, left, right, bottom) => {
    const { peak, levels } = ceilings;
    const line = (short, rate, flat, from, to) => ({
      label: short + " " + rate,
      short,
      ceiling: flat ? "peak" : "memory",
      data: [from, to],
      showLine: true,
      borderWidth: flat ? 2.5 : 1.75,
      borderDash: flat ? [] : [6, 3],
      pointRadius: 0,
      pointHitRadius: 0,
      order: 1,
    });
    const fastestFirst = [...levels].sort((a, b) => b.gbs - a.gbs);
    const ridge = peak / fastestFirst[0].gbs;
    const rate = (value, unit) => Bench.number(value) + " " + unit;
    return [
      line("FMA peak", rate(peak, "GFLOP/s"), true, { x: ridge, y: peak }, { x: right, y: peak }),
      ...fastestFirst.map(({ name, gbs }) => {
        const x = Math.max(left, bottom / gbs);
        return line(name, rate(gbs, "GB/s"), false, { x, y: gbs * x }, { x: peak / gbs, y: peak });
      }),
    ];
  };

  return { names, ticks, lines };
})();

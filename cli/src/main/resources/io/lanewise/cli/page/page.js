"use strict";
// What the pages' scripts share.
const Page = {
  // A colour of the page's style, light or dark as it is now.
  colour: (name) =>
    getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim(),

  // Calls paint now, whenever the colours change, and around printing: paper is always light.
  painted(paint) {
    const paper = (on) => {
      document.documentElement.classList.toggle("paper", on);
      paint();
    };
    paint();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
    addEventListener("beforeprint", () => paper(true));
    addEventListener("afterprint", () => paper(false));
  },

  // A canvas has its own colours for axes; those of its data are up to the caller.
  paintAxes(options) {
    options.color = Page.colour("text");
    for (const axis of Object.values(options.scales)) {
      axis.grid.color = Page.colour("line");
      axis.border.color = Page.colour("line");
      axis.ticks.color = Page.colour("quiet");
      axis.title.color = Page.colour("quiet");
    }
  },
};
Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
Chart.defaults.font.size = 13;

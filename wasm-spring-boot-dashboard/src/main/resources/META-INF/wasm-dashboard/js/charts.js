import { h, setText, svg } from "./dom.js";
import { clock, time } from "./format.js";

const LONGEST_SECONDS = 300;
const SHORTEST_SECONDS = 60;
const HEIGHT = 168;

let library = null;

function loadLibrary() {
  library ??= import("../vendor/uplot/uPlot.esm.js").then((module) => module.default);
  return library;
}

/** A minute at least, so that the first figures do not fill the width; then all that is kept. */
function windowOf(min, max) {
  const end = max ?? Date.now() / 1000;
  const seconds = Math.min(LONGEST_SECONDS, Math.max(SHORTEST_SECONDS, end - (min ?? end)));
  return [end - seconds, end];
}

/** Colours as the theme has them now; a canvas can't read custom properties. */
function colour(name) {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

/**
 * Lines over the last five minutes, with a legend that says the newest values, or those under the pointer.
 *
 * @param title the heading
 * @param lines of a history, each `{line, label, colour, dash}`
 * @param format makes a text of a value
 * @param least the value that fits in any case, so that silence is not blown up
 */
export class LineChart {
  #history = null;
  #plot = null;
  #closed = false;
  #shown = null;

  constructor({ title, level = "h2", lines, format, least }) {
    this.least = least;
    this.lines = lines;
    this.format = format;
    this.values = lines.map(() => h("span", { class: "legend-value" }, "–"));
    this.when = h("span", { class: "legend-when quiet" }, "now");
    this.area = h("div", { class: "chart-area", "aria-hidden": "true" }, h("p", { class: "chart-wait quiet" }, "Waiting for figures …"));
    const legend = h(
      "ul",
      { class: "legend", role: "list" },
      lines.map((each, i) =>
        h("li", {}, h("span", { class: `swatch ${each.swatch}`, "aria-hidden": "true" }), h("span", {}, `${each.label} `), this.values[i]),
      ),
    );
    this.element = h(
      "figure",
      { class: "card chart" },
      h("figcaption", {}, h("div", { class: "card-head" }, h(level, {}, title), this.when), legend),
      this.area,
    );
    this.onTheme = () => this.#draw();
    document.addEventListener("themechange", this.onTheme);
    this.scheme = matchMedia("(prefers-color-scheme: dark)");
    this.scheme.addEventListener("change", this.onTheme);
    this.resized = new ResizeObserver(() => {
      if (this.#plot && this.area.clientWidth > 0 && this.area.clientWidth !== this.#plot.width) {
        this.#plot.setSize({ width: this.area.clientWidth, height: HEIGHT });
      }
    });
    this.resized.observe(this.area);
    loadLibrary().then(
      () => this.#draw(),
      () => this.area.replaceChildren(h("p", { class: "chart-wait quiet" }, "The chart could not be loaded. The values above are live.")),
    );
  }

  update(history) {
    this.#history = history;
    if (this.#plot === null) {
      this.#draw();
    } else if (history) {
      this.#plot.setData(this.#data());
    }
    this.#legend();
  }

  #data() {
    return [this.#history.at, ...this.lines.map((each) => this.#history.lines[each.line])];
  }

  #legend() {
    const history = this.#history;
    if (!history) return;
    const index = this.#shown ?? history.at.length - 1;
    setText(this.when, this.#shown === null ? "now" : time(history.at[index] * 1000));
    this.lines.forEach((each, i) => setText(this.values[i], this.format(history.lines[each.line][index])));
  }

  async #draw() {
    const Plot = await loadLibrary().catch(() => null);
    if (Plot === null || this.#closed || !this.#history || this.area.clientWidth === 0) return;
    this.#plot?.destroy();
    this.area.replaceChildren();
    const axis = {
      stroke: colour("--quiet"),
      grid: { stroke: colour("--line"), width: 1 },
      ticks: { show: false },
      font: "12px system-ui, sans-serif",
    };
    this.#plot = new Plot(
      {
        width: this.area.clientWidth,
        height: HEIGHT,
        padding: [8, 28, 0, 0],
        legend: { show: false },
        cursor: { y: false, drag: { setScale: false }, points: { size: 6 } },
        scales: {
          x: { range: (plot, min, max) => windowOf(min, max) },
          y: { range: (plot, min, max) => [0, Math.max(max ?? 0, this.least) * 1.1] },
        },
        axes: [
          { ...axis, size: 28, space: 70, values: (plot, ticks) => ticks.map(clock) },
          { ...axis, size: 64, space: 36, values: (plot, ticks) => ticks.map((tick) => this.format(tick)) },
        ],
        series: [
          {},
          ...this.lines.map((each) => ({
            label: each.label,
            stroke: colour(each.colour),
            width: 2,
            dash: each.dash,
            points: { show: false },
          })),
        ],
        hooks: {
          setCursor: [
            (plot) => {
              this.#shown = plot.cursor.idx ?? null;
              this.#legend();
            },
          ],
        },
      },
      this.#data(),
      this.area,
    );
  }

  close() {
    this.#closed = true;
    document.removeEventListener("themechange", this.onTheme);
    this.scheme.removeEventListener("change", this.onTheme);
    this.resized.disconnect();
    this.#plot?.destroy();
  }
}

/** The course of a figure in the size of a word; the figure itself stands beside it. */
export class Sparkline {
  constructor(width = 72, height = 20) {
    this.width = width;
    this.height = height;
    this.line = svg("polyline", { class: "spark-line" });
    this.element = svg(
      "svg",
      { class: "spark", width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true", focusable: "false" },
      this.line,
    );
  }

  update(values, slots) {
    const top = Math.max(...values.map((value) => value ?? 0), 0);
    const step = this.width / Math.max(1, slots - 1);
    const from = slots - values.length;
    const points = (top === 0 ? [] : values)
      .map((value, i) => {
        const y = top === 0 ? this.height - 1.5 : this.height - 1.5 - ((value ?? 0) / top) * (this.height - 3);
        return `${((from + i) * step).toFixed(1)},${y.toFixed(1)}`;
      })
      .join(" ");
    this.line.setAttribute("points", points);
  }
}

/** Bars of counts, e.g. failures in each minute of an hour. */
export function bars(values, label) {
  const top = Math.max(...values, 1);
  const width = 4;
  const height = 28;
  return svg(
    "svg",
    {
      class: "bars",
      width: values.length * width,
      height,
      viewBox: `0 0 ${values.length * width} ${height}`,
      role: "img",
      "aria-label": label,
    },
    values.map((value, i) => {
      const tall = value === 0 ? 1 : Math.max(3, (value / top) * height);
      return svg("rect", { class: value === 0 ? "bar none" : "bar", x: i * width, y: height - tall, width: width - 1, height: tall });
    }),
  );
}

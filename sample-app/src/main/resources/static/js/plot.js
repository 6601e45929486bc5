/** Small drawings. Each has a sentence for those who can't see it. */
import { svg } from "./dom.js";

const WIDTH = 600;

function picture(height, label, attributes, ...children) {
  return svg("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": label, ...attributes }, ...children);
}

/** A line through values. */
export function line(values, label, height = 130) {
  const most = Math.max(...values.map(Math.abs), 1e-9);
  const points = values.map((value, i) => `${(i / (values.length - 1)) * WIDTH},${height / 2 - (value / most) * (height / 2 - 4)}`);
  return picture(height, label, {},
    svg("line", { class: "axis", x1: 0, x2: WIDTH, y1: height / 2, y2: height / 2 }),
    svg("polyline", { class: "line", points: points.join(" ") }));
}

/** A stem for each value, those at the peaks with their index. */
export function stems(values, peaks, label, height = 170) {
  const foot = height - 4;
  const most = Math.max(...values, 1e-9);
  const x = (i) => 4 + (i / (values.length - 1)) * (WIDTH - 8);
  const y = (value) => foot - (value / most) * (foot - 22);
  return picture(height, label, {},
    svg("line", { class: "axis", x1: 0, x2: WIDTH, y1: foot, y2: foot }),
    values.map((value, i) => svg("line", { class: peaks.includes(i) ? "stem peak" : "stem", x1: x(i), x2: x(i), y1: foot, y2: y(value) })),
    peaks.map((i) => svg("text", { class: "peak-name", x: Math.max(x(i), 12), y: y(values[i]) - 6, "text-anchor": "middle" }, String(i))));
}

/** Points of the unit square in the colours of their groups, and rings for the centres. */
export function scatter(points, groups, centres, label) {
  const at = (value) => value * WIDTH;
  const dots = [];
  for (let i = 0; i < points.length; i += 2) {
    dots.push(svg("circle", { class: groups ? `c${groups[i / 2] % 8}` : "c7", cx: at(points[i]), cy: at(points[i + 1]) * 0.6, r: 4 }));
  }
  const rings = [];
  for (let i = 0; i < centres.length; i += 2) {
    rings.push(svg("circle", { class: "centroid", cx: at(centres[i]), cy: at(centres[i + 1]) * 0.6, r: 11 }));
  }
  return picture(WIDTH * 0.6, label, { class: "field" }, dots, rings);
}

/** How much of the whole, from 0 to 1. */
export function meter(share, label) {
  return svg("svg", { class: "meter", viewBox: "0 0 100 8", preserveAspectRatio: "none", role: "img", "aria-label": label },
    svg("rect", { class: "rest", width: 100, height: 8, rx: 2 }),
    svg("rect", { class: "bar", width: Math.max(1, Math.min(100, share * 100)), height: 8, rx: 2 }));
}

/** Makes elements. Text is text: nothing that was put in becomes markup. */

const SVG = "http://www.w3.org/2000/svg";

export const byId = (id) => document.getElementById(id);

export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/**
 * A table with a heading for each column: {name, class} or a name.
 *
 * @param stacked whether a row has lines of its own where there is no room for columns
 */
export function table(columns, rows, stacked = false) {
  const heads = columns.map((column) => h("th", { scope: "col", class: column.class }, column.name ?? column));
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of answers" },
    h("table", { class: stacked ? "stacked" : null }, h("thead", {}, h("tr", {}, heads)), h("tbody", {}, rows)));
}

export const cell = (...content) => h("td", {}, ...content);
export const line = (...content) => h("td", { class: "full" }, ...content);
export const number = (text) => h("td", { class: "number" }, text);
export const rowHead = (...content) => h("th", { scope: "row" }, ...content);

/** A text with some of its parts marked: [from, to) pairs that do not overlap, in order. */
export function marked(text, parts) {
  const pieces = [];
  let at = 0;
  for (const [from, to] of parts) {
    pieces.push(text.slice(at, from), h("mark", {}, text.slice(from, to)));
    at = to;
  }
  pieces.push(text.slice(at));
  return pieces;
}

export function bytes(count) {
  if (count < 10_000) return `${count.toLocaleString("en")} B`;
  return count < 1 << 20 ? `${(count / 1024).toFixed(1)} KB` : `${(count / (1 << 20)).toFixed(1)} MB`;
}

export function time(millis) {
  if (millis < 1) return `${(millis * 1000).toFixed(millis < 0.01 ? 1 : 0)} µs`;
  return millis < 100 ? `${millis.toFixed(1)} ms` : `${millis.toFixed(0)} ms`;
}

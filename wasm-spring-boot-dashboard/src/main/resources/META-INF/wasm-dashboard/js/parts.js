import { fill, h, name, setAttribute, setText } from "./dom.js";
import { UNKNOWN, time, words } from "./format.js";

/** The address of a module's page. */
export function moduleLink(id, version = null) {
  const range = version === null ? "" : `@${encodeURIComponent(version)}`;
  return `#/modules/${encodeURIComponent(id)}${range}`;
}

export function card(title, ...children) {
  return h("section", { class: "card" }, h("div", { class: "card-head" }, h("h2", {}, title)), children);
}

/** What stands where there is nothing yet: what would be here, and what to do for it. */
export function empty(...text) {
  return h("p", { class: "empty" }, text);
}

export class Badge {
  constructor() {
    this.element = h("span", { class: "badge" });
  }

  update(level, text) {
    setAttribute(this.element, "data-level", level);
    setText(this.element, text);
  }
}

export function badge(level, text) {
  const made = new Badge();
  made.update(level, text);
  return made.element;
}

const STATES = {
  READY: ["ok", "Ready"],
  REGISTERED: ["quiet", "Not loaded"],
  LOADING: ["busy", "Loading"],
  FAILED: ["bad", "Failed"],
  DISABLED: ["quiet", "Disabled"],
};

/** Level and words of the state of a module. */
export function stateOf(module) {
  return STATES[module.state] ?? ["quiet", words(module.state)];
}

/** A bar whose meaning stands in words beside it. */
export class Bar {
  constructor(...parts) {
    this.parts = parts.map((each) => h("span", { class: `bar-part ${each}` }));
    this.element = h("span", { class: "level-bar", "aria-hidden": "true" }, this.parts);
  }

  /** @param shares from 0 to 1, one for each part */
  update(...shares) {
    shares.forEach((value, i) => {
      this.parts[i].style.width = `${Math.min(100, Math.max(0, (value ?? 0) * 100)).toFixed(2)}%`;
    });
  }
}

/** A figure in large type, what it is above it and a remark below. */
export class Tile {
  constructor(title) {
    this.value = h("span", { class: "tile-value" }, UNKNOWN);
    this.remark = h("span", { class: "tile-remark quiet" }, " ");
    this.element = h("li", { class: "tile" }, h("span", { class: "tile-title" }, title), this.value, this.remark);
  }

  update(value, remark = " ", level = null) {
    setText(this.value, value);
    setText(this.remark, remark);
    setAttribute(this.element, "data-level", level);
  }
}

/** Pairs of a term and what it is; those that are null are left out. */
export function facts(...pairs) {
  return h(
    "dl",
    { class: "facts" },
    pairs.filter((pair) => pair[1] !== null && pair[1] !== undefined).map(([term, ...value]) => h("div", {}, h("dt", {}, term), h("dd", {}, value))),
  );
}

/** Facts that change: made once, and given new values. */
export class LiveFacts {
  constructor(...terms) {
    this.values = terms.map(() => h("dd", {}, UNKNOWN));
    this.element = h("dl", { class: "facts" }, terms.map((term, i) => h("div", {}, h("dt", {}, term), this.values[i])));
  }

  update(...values) {
    values.forEach((value, i) => setText(this.values[i], value));
  }
}

/**
 * A table that becomes a list of cards on a narrow screen. The roles are said because a browser forgets them when a
 * table is not displayed as one.
 *
 * @param columns each `{title, number}`, with a `short` title for the cards where that is too long
 */
export function table(caption, columns, { className = "", captionShown = false } = {}) {
  const body = h("tbody", { role: "rowgroup" });
  const heads = columns.map((each) =>
    h("th", { scope: "col", role: "columnheader", class: each.number ? "number" : null }, each.title),
  );
  const element = h(
    "table",
    { role: "table", class: `cards ${className}` },
    h("caption", { class: captionShown ? null : "visually-hidden" }, caption),
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, heads)),
    body,
  );
  return { element, body, heads };
}

/** A row of such a table; the first cell is what the row is about. */
export function row(columns, cells) {
  return h(
    "tr",
    { role: "row" },
    cells.map((cell, i) =>
      i === 0
        ? h("th", { scope: "row", role: "rowheader" }, cell)
        : h("td", { role: "cell", class: columns[i].number ? "number" : null, data: { label: columns[i].short ?? columns[i].title } }, h("div", { class: "cell" }, cell)),
    ),
  );
}

export function filledTable(caption, columns, rows, options = {}) {
  const made = table(caption, columns, options);
  made.body.append(...rows.map((cells) => row(columns, cells)));
  return made.element;
}

/** What can be scrolled has to be reached by the keyboard. */
export function scroll(label, ...children) {
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label }, children);
}

export function code(text) {
  return h("code", { class: "code" }, text);
}

export function when(at) {
  return at === null || at === undefined ? UNKNOWN : h("time", { datetime: new Date(at).toISOString() }, time(at));
}

export function button(label, listener, properties = {}) {
  return h("button", { type: "button", ...properties, on: { click: listener } }, label);
}

/** A field of a form with its label above and a hint below. */
export function field(id, label, input, hint = null) {
  input.id = id;
  if (hint !== null) input.setAttribute("aria-describedby", `${id}-hint`);
  return h(
    "div",
    { class: "field" },
    h("label", { for: id }, label),
    input,
    hint === null ? null : h("p", { class: "hint quiet", id: `${id}-hint` }, hint),
  );
}

const SEVERITIES = { info: ["quiet", "Info"], warning: ["warn", "Warning"], error: ["bad", "Error"], critical: ["bad", "Critical"] };

export function severity(text) {
  return SEVERITIES[String(text).toLowerCase()] ?? ["quiet", words(text)];
}

/** One line of the list of events. */
export class EventLine {
  constructor(withModule = true) {
    this.time = h("time", { class: "event-time" });
    this.badge = new Badge();
    this.module = withModule ? h("span", { class: "event-module" }) : null;
    this.text = h("span", { class: "event-text" });
    this.count = h("span", { class: "event-count quiet" });
    this.element = h(
      "li",
      { class: "event" },
      this.time,
      this.badge.element,
      h("span", { class: "event-what" }, this.module, " ", this.text, " ", this.count),
    );
  }

  update(event) {
    setAttribute(this.time, "datetime", new Date(event.at).toISOString());
    setText(this.time, time(event.at));
    this.badge.update(...severity(event.severity));
    if (this.module && !this.module.hasChildNodes() && event.module && event.module !== "*") {
      const version = event.version && event.version !== "*" ? event.version : null;
      fill(this.module, h("a", { href: moduleLink(event.module, version) }, name(event.module), version ? [" ", name(version, "quiet")] : null));
    }
    setText(this.text, event.text);
    setText(this.count, event.count > 1 ? `× ${event.count}` : "");
  }
}

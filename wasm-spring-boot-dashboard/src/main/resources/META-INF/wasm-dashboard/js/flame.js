import { count, plural, share } from "./format.js";
import { h, name, setText, svg } from "./dom.js";

const ROW = 22;
const TALLEST = 480;
const NARROWEST = 0.8;
const TABLE_ROWS = 12;

/**
 * The tree of a profile as a flame graph from the top down, with the same figures as a table. Arrow keys walk, Enter
 * zooms, Escape zooms out.
 */
export class FlameGraph {
  constructor() {
    this.readout = h("p", { class: "flame-readout", id: "flame-readout" }, "");
    this.canvas = svg("svg", { class: "flame-svg", "aria-hidden": "true", focusable: "false" });
    this.box = h(
      "div",
      {
        class: "flame-box",
        id: "flame",
        tabindex: "0",
        role: "application",
        "aria-label": "Flame graph. Arrow keys walk through the calls, Enter zooms, Escape zooms out. A table with the same figures follows.",
        "aria-describedby": "flame-readout",
        on: {
          keydown: (event) => this.#onKey(event),
          pointerover: (event) => this.#onPointer(event),
          pointerleave: () => this.#tell(this.selected),
          click: (event) => this.#onClick(event),
          focus: () => this.#select(this.selected ?? this.root),
        },
      },
      this.canvas,
    );
    this.search = h("input", {
      type: "search",
      id: "flame-search",
      autocomplete: "off",
      spellcheck: "false",
      on: { input: () => this.#draw() },
    });
    this.matched = h("output", { class: "quiet", for: "flame-search" }, "");
    this.out = h("button", { type: "button", class: "quiet-button", disabled: true, on: { click: () => this.#zoom(this.tree) } }, "Zoom out");
    this.spoken = h("div", { class: "visually-hidden", "aria-live": "polite" });
    this.tableBody = h("tbody");
    this.more = h("button", { type: "button", class: "quiet-button", hidden: true, on: { click: () => this.#table(Infinity) } }, "Show all");
    this.table = h(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": "Functions by their own samples" },
      h(
        "table",
        {},
        h("caption", {}, "Functions by their own samples"),
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            h("th", { scope: "col" }, "Function"),
            h("th", { scope: "col" }, "Module"),
            h("th", { scope: "col", class: "number" }, "Itself"),
            h("th", { scope: "col", class: "number" }, "With what it calls"),
          ),
        ),
        this.tableBody,
      ),
    );
    this.element = h(
      "div",
      { class: "flame" },
      h(
        "div",
        { class: "bar-of-tools" },
        h("label", { class: "field-inline", for: "flame-search" }, "Find ", this.search),
        this.matched,
        this.out,
      ),
      this.box,
      this.readout,
      this.spoken,
      this.table,
      this.more,
    );
    this.resized = new ResizeObserver(() => this.#draw());
    this.resized.observe(this.box);
  }

  /** @param tree the root node, `{name, module, self, total, children}` */
  show(tree) {
    this.tree = tree;
    this.root = tree;
    this.selected = null;
    this.parents = new Map();
    const walk = (node) => {
      for (const child of node.children ?? []) {
        this.parents.set(child, node);
        walk(child);
      }
    };
    walk(tree);
    // The whole tree decides, so that nothing moves when somebody zooms.
    this.box.style.height = `${Math.min(TALLEST, depthOf(tree) * ROW + 4)}px`;
    this.#zoom(tree);
    this.#table(TABLE_ROWS);
  }

  close() {
    this.resized.disconnect();
  }

  #zoom(node) {
    this.root = node;
    this.out.disabled = node === this.tree;
    this.#select(node);
  }

  #draw() {
    const width = this.box.clientWidth;
    if (!this.tree || width === 0) return;
    const query = this.search.value.trim().toLowerCase();
    this.boxes = new Map();
    let depth = 0;
    let matched = 0;
    const items = [];
    const place = (node, x, wide, level, within) => {
      const hit = query !== "" && String(node.name).toLowerCase().includes(query);
      if (hit && !within) matched += node.total;
      if (wide < NARROWEST) {
        if (query !== "") for (const child of node.children ?? []) place(child, x, 0, level + 1, within || hit);
        return;
      }
      depth = Math.max(depth, level + 1);
      items.push(this.#item(node, x, wide, level, query === "" ? null : hit));
      let left = x;
      for (const child of node.children ?? []) {
        const childWide = node.total > 0 ? (child.total / node.total) * wide : 0;
        place(child, left, childWide, level + 1, within || hit);
        left += childWide;
      }
    };
    const path = this.#ancestors(this.root);
    path.forEach((node, level) => items.push(this.#item(node, 0, width, level, query === "" ? null : false, true)));
    place(this.root, 0, width, path.length, false);
    this.canvas.replaceChildren(...items);
    this.canvas.setAttribute("width", width);
    this.canvas.setAttribute("height", depth * ROW);
    this.canvas.setAttribute("viewBox", `0 0 ${width} ${depth * ROW}`);
    setText(this.matched, query === "" ? "" : `${share(this.root.total > 0 ? matched / this.root.total : 0)} of the samples shown`);
  }

  #item(node, x, wide, level, hit, above = false) {
    const rectangle = svg("rect", { x: x.toFixed(2), y: level * ROW, width: Math.max(0.5, wide - 1).toFixed(2), height: ROW - 1, rx: 2 });
    if (node !== this.tree) rectangle.style.setProperty("--hue", String(hue(node)));
    const classes = ["frame"];
    if (node === this.tree) classes.push("frame-root");
    if (above) classes.push("frame-above");
    if (hit === true) classes.push("frame-hit");
    if (hit === false && !above) classes.push("frame-miss");
    if (node === this.selected) classes.push("frame-selected");
    const group = svg("g", { class: classes.join(" ") }, rectangle);
    const room = Math.floor((wide - 10) / 7);
    if (room >= 3) {
      const label = node === this.tree ? "all samples" : String(node.name);
      group.append(
        svg("text", { x: (x + 5).toFixed(2), y: level * ROW + 15 }, label.length > room ? `${label.slice(0, room - 1)}…` : label),
      );
    }
    this.boxes.set(group, node);
    return group;
  }

  #ancestors(node) {
    const path = [];
    for (let each = this.parents.get(node); each; each = this.parents.get(each)) path.unshift(each);
    return path;
  }

  #describe(node) {
    if (node === this.tree) return `All samples: ${count(node.total)}`;
    const all = this.tree.total;
    const module = node.module && node.module !== node.name ? ` of ${node.module}` : "";
    return `${node.name}${module}: ${share(all > 0 ? node.total / all : 0)} of all (${plural(node.total, "sample", "samples")}), itself ${share(all > 0 ? node.self / all : 0)}`;
  }

  #tell(node) {
    setText(this.readout, node ? this.#describe(node) : "");
  }

  #select(node) {
    this.selected = node;
    this.#draw();
    this.#tell(node);
  }

  #nodeAt(event) {
    const group = event.target.closest?.("g");
    return group ? (this.boxes?.get(group) ?? null) : null;
  }

  #onPointer(event) {
    const node = this.#nodeAt(event);
    if (node) this.#tell(node);
  }

  #onClick(event) {
    const node = this.#nodeAt(event);
    if (node) this.#zoom(node);
  }

  #onKey(event) {
    const at = this.selected ?? this.root;
    const parent = this.parents.get(at);
    const beside = (step) => {
      const siblings = parent?.children ?? [];
      return siblings[siblings.indexOf(at) + step];
    };
    const moves = {
      ArrowDown: () => at.children?.[0],
      ArrowUp: () => parent,
      ArrowRight: () => beside(1),
      ArrowLeft: () => beside(-1),
      Home: () => this.tree,
    };
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.#zoom(at);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.#zoom(this.parents.get(this.root) ?? this.tree);
    } else if (moves[event.key]) {
      event.preventDefault();
      const to = moves[event.key]();
      if (!to) return;
      if (!this.#within(to)) this.root = to;
      this.#select(to);
      this.out.disabled = this.root === this.tree;
    } else {
      return;
    }
    setText(this.spoken, this.#describe(this.selected));
    this.canvas.querySelector(".frame-selected")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  #within(node) {
    for (let each = node; each; each = this.parents.get(each)) {
      if (each === this.root) return true;
    }
    return false;
  }

  #table(rows) {
    const functions = functionsOf(this.tree);
    const all = this.tree.total;
    this.tableBody.replaceChildren(
      ...functions
        .slice(0, rows)
        .map((each) =>
          h(
            "tr",
            {},
            h("th", { scope: "row", class: "code wrap" }, name(each.name)),
            h("td", {}, each.module ? name(each.module) : "–"),
            h("td", { class: "number" }, share(each.self / all)),
            h("td", { class: "number" }, share(each.total / all)),
          ),
        ),
    );
    this.more.hidden = functions.length <= rows;
    setText(this.more, `Show all ${functions.length} functions`);
  }
}

function depthOf(node) {
  return 1 + (node.children ?? []).reduce((deepest, child) => Math.max(deepest, depthOf(child)), 0);
}

/** Self and total samples by function; a recursive one counts once for each sample. */
function functionsOf(tree) {
  const functions = new Map();
  const walk = (node, module, above) => {
    const owner = node.module ?? module;
    const key = `${owner}\u0000${node.name}`;
    const isFunction = node !== tree && above !== null;
    let path = above ?? new Set();
    if (isFunction) {
      const entry = functions.get(key) ?? { name: node.name, module: owner, self: 0, total: 0 };
      entry.self += node.self;
      if (!path.has(key)) entry.total += node.total;
      functions.set(key, entry);
      path = new Set(path).add(key);
    }
    for (const child of node.children ?? []) walk(child, owner, node === tree ? null : path);
  };
  walk(tree, null, null);
  return [...functions.values()].sort((a, b) => b.self - a.self || b.total - a.total);
}

/** The same hue for the same module and close ones for its functions, so that worlds can be told apart. */
function hue(node) {
  return (hash(node.module ?? node.name) * 47 + (hash(node.name) % 24)) % 360;
}

function hash(text) {
  let value = 7;
  for (const character of String(text)) value = (value * 31 + character.codePointAt(0)) % 99_991;
  return value;
}

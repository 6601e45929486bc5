import { Sparkline } from "./charts.js";
import { h, keyed, name, setAttribute, setText } from "./dom.js";
import { bytes, count, nanos, perSecond, plural, share } from "./format.js";
import { Badge, Bar, button, empty, moduleLink, row, scroll, stateOf, table } from "./parts.js";
import { keyOf } from "./store.js";

const SPARK_SECONDS = 60;

const COLUMNS = [
  { id: "name", title: "Module" },
  { id: "state", title: "State" },
  { id: "calls", title: "Calls a second", short: "Calls/s", number: true },
  { id: "p50", title: "Half within", number: true },
  { id: "p99", title: "99 % within", number: true },
  { id: "wasm", title: "By Wasm", number: true },
  { id: "failed", title: "Failed", number: true },
  { id: "memory", title: "Memory", number: true },
  { id: "pool", title: "Instances", number: true },
];

const troubled = (module) => module.state === "FAILED" || module.quarantined?.length > 0 || module.tier?.state === "FAILED";
const byName = (a, b) => a.id.localeCompare(b.id) || b.version.localeCompare(a.version, undefined, { numeric: true });

const FILTERS = {
  all: ["All", () => true],
  used: ["In use", (module) => module.state !== "REGISTERED"],
  troubled: ["With trouble", troubled],
};

/**
 * All modules with their figures. Rows are put in order when somebody asks for an order or a module changes its state,
 * and not at each new figure: a row that moves under the pointer can't be clicked.
 */
export class ModulesTable {
  #order = "name";
  #ranks = new Map();

  constructor(store) {
    this.store = store;
    this.find = h("input", {
      type: "search",
      id: "find-module",
      placeholder: "Find …",
      autocomplete: "off",
      spellcheck: "false",
      on: { input: () => this.#rows() },
    });
    this.filter = h(
      "select",
      { id: "filter-modules", on: { change: () => this.#rows() } },
      Object.entries(FILTERS).map(([id, [title]]) => h("option", { value: id }, title)),
    );
    this.sort = h(
      "select",
      { id: "sort-modules", on: { change: () => this.#sortBy(this.sort.value) } },
      COLUMNS.map((each) => h("option", { value: each.id }, each.title)),
    );
    this.sort.value = this.#order;
    const made = table("Modules", COLUMNS, { className: "modules" });
    this.heads = made.heads;
    COLUMNS.forEach((each, i) => made.heads[i].replaceChildren(button(each.title, () => this.#sortBy(each.id), { class: "sort" })));
    this.none = empty("");
    this.shown = h("p", { class: "quiet shown" });
    this.show = keyed(made.body, keyOf, (module) => new ModuleRow(store, module));
    this.element = h(
      "section",
      { class: "card modules-card" },
      h(
        "div",
        { class: "card-head" },
        h("h2", {}, "Modules"),
        this.shown,
        h(
          "div",
          { class: "bar-of-tools" },
          h("label", {}, h("span", { class: "visually-hidden" }, "Find a module"), this.find),
          h("label", {}, h("span", { class: "visually-hidden" }, "Which modules"), this.filter),
          h("label", { class: "only-narrow" }, h("span", { class: "visually-hidden" }, "Order"), this.sort),
        ),
      ),
      scroll("Modules", made.element),
      this.none,
    );
  }

  #sortBy(order) {
    this.#order = order;
    this.sort.value = order;
    this.#rank();
    this.#rows();
  }

  #rank() {
    const figure = (module) => this.store.figures?.modules[keyOf(module)];
    const values = {
      state: (module) => (troubled(module) ? 2 : module.state === "READY" ? 1 : 0),
      calls: (module) => figure(module)?.calls.perSecond,
      p50: (module) => figure(module)?.calls.lastMinute?.p50Nanos,
      p99: (module) => figure(module)?.calls.lastMinute?.p99Nanos,
      wasm: (module) => figure(module)?.calls.lastMinute?.wasmShare,
      failed: (module) => failures(figure(module)),
      memory: (module) => figure(module)?.memory?.committedBytes,
      pool: (module) => figure(module)?.pool?.inUse,
    };
    const value = values[this.#order];
    const trouble = (module) => (troubled(module) ? 1 : 0);
    const sorted = [...this.store.modules].sort((a, b) =>
      value ? (value(b) ?? -1) - (value(a) ?? -1) || byName(a, b) : trouble(b) - trouble(a) || byName(a, b),
    );
    this.#ranks = new Map(sorted.map((module, i) => [keyOf(module), i]));
    COLUMNS.forEach((each, i) =>
      setAttribute(this.heads[i], "aria-sort", each.id === this.#order ? (each.id === "name" ? "ascending" : "descending") : null),
    );
  }

  update(changed) {
    if (changed.has("modules") || this.#ranks.size === 0) this.#rank();
    this.#rows();
  }

  #rows() {
    const query = this.find.value.trim().toLowerCase();
    const matches = FILTERS[this.filter.value][1];
    const modules = this.store.modules
      .filter(
        (module) =>
          matches(module) &&
          (query === "" || [module.id, module.description, ...(module.tags ?? [])].some((text) => text?.toLowerCase().includes(query))),
      )
      .sort((a, b) => (this.#ranks.get(keyOf(a)) ?? 0) - (this.#ranks.get(keyOf(b)) ?? 0));
    this.show(modules);
    const all = this.store.modules.length;
    setText(this.shown, modules.length === all ? count(all) : `${modules.length} of ${all}`);
    this.none.hidden = modules.length > 0;
    if (!this.none.hidden) setText(this.none, this.#whyNone(query));
  }

  #whyNone(query) {
    if (this.store.overview === null) return "Waiting for the first figures …";
    if (this.store.modules.length === 0) {
      return "The application has no modules yet. Name one in wasm.modules.<id>.location, write a @WasmModule interface, or add wasm-modules-bundle.";
    }
    return query === "" ? "No module of this kind." : "No module has this in its name, tags or description.";
  }
}

const failures = (figure) => Object.values(figure?.errors ?? {}).reduce((sum, each) => sum + each, 0);

class ModuleRow {
  constructor(store, module) {
    this.store = store;
    this.version = name(module.version, "quiet version");
    this.mark = h("span", { class: "mark" });
    this.description = h("span", { class: "row-remark quiet" });
    this.state = new Badge();
    this.quarantine = new Badge();
    this.rate = h("span", {});
    this.spark = new Sparkline();
    this.p50 = h("span", {});
    this.p99 = h("span", {});
    this.wasm = h("span", {});
    this.wasmBar = new Bar("wasm", "java", "bad");
    this.failed = h("span", {});
    this.failedRemark = h("span", { class: "row-remark quiet" });
    this.memory = h("span", {});
    this.memoryRemark = h("span", { class: "row-remark quiet" });
    this.pool = h("span", {});
    this.poolRemark = h("span", { class: "row-remark quiet" });
    this.element = row(COLUMNS, [
      [
        h("a", { class: "module-link", href: moduleLink(module.id, module.version) }, name(module.id)),
        " ",
        this.version,
        " ",
        this.mark,
        this.description,
      ],
      [this.state.element, " ", this.quarantine.element],
      h("span", { class: "with-spark" }, this.spark.element, this.rate),
      this.p50,
      this.p99,
      [this.wasm, this.wasmBar.element],
      [this.failed, this.failedRemark],
      [this.memory, this.memoryRemark],
      [this.pool, this.poolRemark],
    ]);
  }

  update(module) {
    const figure = this.store.figures?.modules[keyOf(module)];
    const calls = figure?.calls;
    const minute = calls?.lastMinute;
    const several = this.store.modules.some((each) => each.id === module.id && each.version !== module.version);
    setText(this.mark, several && module.isDefault ? "default" : "");
    setText(this.description, module.description ?? "");
    this.state.update(...stateOf(module));
    const quarantined = module.quarantined?.length ?? 0;
    this.quarantine.element.hidden = quarantined === 0;
    this.quarantine.update("warn", `${quarantined} in quarantine`);
    setText(this.rate, perSecond(calls?.perSecond));
    this.spark.update(this.store.byModule.get(keyOf(module))?.calls(SPARK_SECONDS) ?? [], SPARK_SECONDS);
    setText(this.p50, nanos(minute?.p50Nanos));
    setText(this.p99, nanos(minute?.p99Nanos));
    const wasm = minute?.wasmShare;
    setText(this.wasm, share(wasm));
    this.wasmBar.element.hidden = wasm === null || wasm === undefined;
    const lost = minute?.calls > 0 ? minute.failed / minute.calls : 0;
    this.wasmBar.update(wasm ?? 0, Math.max(0, 1 - (wasm ?? 0) - lost), lost);
    const failed = failures(figure);
    const used = figure && module.state !== "REGISTERED";
    setText(this.failed, figure ? count(failed) : "–");
    setAttribute(this.failed, "class", failed > 0 ? "bad-text" : null);
    setText(this.failedRemark, minute?.failed > 0 ? `${count(minute.failed)} last minute` : " ");
    const memory = figure?.memory;
    setText(this.memory, used ? bytes(memory?.committedBytes) : "–");
    setText(this.memoryRemark, used && memory?.limitBytes ? `limit ${bytes(memory.limitBytes)} each` : " ");
    const pool = figure?.pool;
    setText(this.pool, used && pool ? `${count(pool.inUse)} of ${count(pool.max)}` : "–");
    setText(this.poolRemark, pool?.waiting > 0 ? plural(pool.waiting, "caller waits", "callers wait") : " ");
  }
}

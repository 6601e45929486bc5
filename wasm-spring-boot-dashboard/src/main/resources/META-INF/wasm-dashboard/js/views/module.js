import { get } from "../api.js";
import { CallFigures } from "../call-figures.js";
import { confirmModuleAction, whyNot } from "../dialogs.js";
import { fill, h, keyed, name, setText } from "../dom.js";
import { bytes, count, nanos, plural, words } from "../format.js";
import { Badge, EventLine, LiveFacts, badge, button, card, code, empty, facts, filledTable, moduleLink, scroll, stateOf, when } from "../parts.js";
import { ProfilePanel } from "../profile-panel.js";
import { errorReport, performanceReport } from "../reports.js";
import { SectionCards } from "../sections.js";
import { keyOf } from "../store.js";

const PAUSE_MILLIS = 3_000;

/** One version of a module. */
export class Module {
  #aborter = new AbortController();
  #seen = null;
  #again = null;
  #newestEvent = 0;

  /** @param route `{id, version}`; the version is null for the default one */
  constructor(context, route) {
    this.context = context;
    this.store = context.store;
    this.route = route;
    this.title = route.id;
    this.state = new Badge();
    this.heading = h("h1", { tabindex: "-1" }, name(route.id));
    this.versions = h("p", { class: "versions" });
    this.description = h("p", { class: "quiet" });
    this.problem = h("div", { class: "module-problem" });
    this.actions = h("div", { class: "row-actions", role: "group", "aria-label": "Actions" });
    this.mayNot = h("p", { class: "quiet", hidden: true });
    this.calls = new CallFigures("Memory");
    this.pool = new LiveFacts("In use", "Idle", "Callers that wait", "Made", "Thrown away", "Callers turned away", "Threads of guests", "Largest memory of one");
    this.detail = h("div", { class: "detail" }, empty("Loading …"));
    this.eventList = h("ol", { class: "events", role: "list" });
    this.noEvents = empty("Nothing has happened to this module lately.");
    this.showEvents = keyed(this.eventList, (each) => each.seq, () => new EventLine(false));
    this.profile = new ProfilePanel(context, route.id);
    this.sections = new SectionCards(context, route.id);
    this.element = h(
      "div",
      { class: "page" },
      h("p", { class: "back" }, h("a", { href: "#/" }, "Overview"), h("span", { "aria-hidden": "true" }, " / "), name(route.id)),
      h(
        "div",
        { class: "page-head" },
        h("div", {}, h("div", { class: "module-title" }, this.heading, this.state.element), this.versions, this.description),
        h("div", { class: "module-actions" }, this.actions, this.mayNot),
      ),
      this.problem,
      this.calls.tiles,
      this.calls.charts,
      this.sections.element,
      this.detail,
      card("Where the time goes", this.profile.element),
      h(
        "div",
        { class: "two" },
        card("Instances", this.pool.element),
        card("Events", h("div", { class: "events-box" }, scroll("Events of this module", this.noEvents, this.eventList))),
      ),
    );
    this.update(new Set(["modules", "figures", "events", "sections", "session"]));
    this.load();
  }

  #module() {
    return this.store.module(this.route.id, this.route.version);
  }

  async load() {
    clearTimeout(this.#again);
    this.#again = null;
    const query = this.route.version === null ? "" : `?${new URLSearchParams({ version: this.route.version })}`;
    try {
      const detail = await get(`api/modules/${encodeURIComponent(this.route.id)}${query}`, this.#aborter.signal);
      this.#detail(detail);
    } catch (failure) {
      if (failure.name === "AbortError") return;
      fill(this.detail, h("p", { class: "problem", role: "alert" }, failure.message), h("p", {}, h("a", { href: "#/" }, "All modules")));
    }
  }

  /** Many changes in a row are looked at together. */
  #loadSoon() {
    this.#again ??= setTimeout(() => this.load(), PAUSE_MILLIS);
  }

  update(changed) {
    const module = this.#module();
    if (changed.has("modules") || changed.has("session")) {
      this.#head(module);
      const shape = JSON.stringify(module);
      if (this.#seen !== null && this.#seen !== shape) this.#loadSoon();
      this.#seen = shape;
    }
    if (changed.has("figures") && module) this.#figures(module);
    if (changed.has("events")) this.#events();
    if (changed.has("sections") || changed.has("session")) this.sections.update();
    this.profile.update(changed);
  }

  #head(module) {
    if (!module) {
      this.state.update("quiet", this.store.overview === null ? "Waiting" : "Not registered");
      fill(this.actions);
      return;
    }
    this.state.update(...stateOf(module));
    setText(this.description, module.description ?? "");
    const versions = this.store.modules.filter((each) => each.id === module.id);
    fill(
      this.versions,
      versions.map((each) => [
        each.version === module.version
          ? h("span", { class: "version-now", "aria-current": "true" }, name(each.version))
          : h("a", { href: moduleLink(each.id, each.version) }, name(each.version)),
        each.isDefault && versions.length > 1 ? h("span", { class: "mark" }, "default") : null,
        " ",
      ]),
      (module.tags ?? []).map((tag) => [h("span", { class: "tag" }, name(tag)), " "]),
    );
    fill(
      this.problem,
      module.failure ? h("p", { class: "problem" }, h("strong", {}, "It could not be loaded. "), name(module.failure)) : null,
      (module.quarantined ?? []).map((each) =>
        h(
          "p",
          { class: "warning" },
          h("strong", {}, name(each.operation), " is in quarantine"),
          " since ",
          when(each.sinceAt),
          "; the next call is let through at ",
          when(each.probeAt),
          `. It failed ${plural(each.failures, "time", "times")} in a row (${words(each.category)}): `,
          name(each.message),
        ),
      ),
      module.tier?.state === "FAILED" ? h("p", { class: "warning" }, h("strong", {}, "It could not be compiled. "), name(module.tier.reason ?? "")) : null,
    );
    this.#actions(module);
  }

  #actions(module) {
    const session = this.store.session;
    const reason = whyNot(session);
    this.mayNot.hidden = reason === null;
    setText(this.mayNot, reason ?? "");
    const shape = JSON.stringify([session?.actions, reason, module]);
    if (this.actions.dataset.shape === String(hash(shape))) return;
    this.actions.dataset.shape = String(hash(shape));
    const hidden = {
      enable: module.state !== "DISABLED",
      disable: module.state === "DISABLED",
      release: (module.quarantined ?? []).length === 0,
    };
    fill(
      this.actions,
      (session?.actions ?? [])
        .filter((each) => !hidden[each.id])
        .map((each) =>
          button(
            `${each.title} …`,
            () => confirmModuleAction(each, this.#module() ?? module, (answer) => (this.context.done(answer), this.load())),
            { class: "quiet-button", disabled: reason !== null, title: reason ?? each.description, data: { action: each.id } },
          ),
        ),
    );
  }

  #figures(module) {
    const figure = this.store.figures?.modules[keyOf(module)];
    if (!figure) return;
    const { calls, pool, memory } = figure;
    this.calls.update(calls, this.store.byModule.get(keyOf(module)));
    this.calls.memory.update(bytes(memory?.committedBytes), memory?.limitBytes ? `limit ${bytes(memory.limitBytes)} each` : " ");
    this.pool.update(
      `${count(pool?.inUse)} of ${count(pool?.max)}`,
      count(pool?.idle),
      count(pool?.waiting),
      count(pool?.created),
      count(pool?.discarded),
      count(pool?.rejected),
      count(pool?.guestThreads),
      bytes(memory?.highWaterBytes),
    );
  }

  #events() {
    const events = this.store.events.filter(
      (each) => each.module === this.route.id && (this.route.version === null || each.version === this.route.version),
    );
    this.noEvents.hidden = events.length > 0;
    this.showEvents(events.slice(0, 50));
    const newest = events.reduce((max, each) => Math.max(max, each.seq), 0);
    if (this.#newestEvent !== 0 && newest > this.#newestEvent) this.#loadSoon();
    this.#newestEvent = Math.max(newest, 1);
  }

  #detail(detail) {
    const open = new Set([...this.detail.querySelectorAll("details[open]")].map((each) => each.dataset.id));
    const focused = this.detail.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
    fill(
      this.detail,
      operations(detail),
      h("div", { class: "two" }, provenance(detail), interfaceOf(detail, open)),
      settings(detail, open),
      detail.adaptive?.length > 0 ? adaptive(detail) : null,
      card("Errors", errorReport(detail.errors, { withModule: false })),
      card("Performance", performanceReport(detail.performance, { withModule: false })),
    );
    if (focused) this.detail.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  close() {
    clearTimeout(this.#again);
    this.#aborter.abort();
    this.calls.close();
    this.profile.close();
  }
}

function hash(text) {
  let value = 0;
  for (let i = 0; i < text.length; i++) value = (value * 31 + text.charCodeAt(i)) | 0;
  return value;
}

const OPERATIONS = [{ title: "Operation" }, { title: "Signature" }, { title: "Java fallback" }, { title: "State" }];

function operations(detail) {
  const rows = detail.operations.map((each) => [
    name(each.name),
    code(each.signature),
    each.fallback ? "yes" : "no",
    each.quarantined ? badge("warn", "In quarantine") : badge("ok", "Answers"),
  ]);
  const section = card(
    "Operations",
    rows.length > 0
      ? scroll("Operations", filledTable("Operations", OPERATIONS, rows))
      : empty("No operation is declared. A @WasmModule interface declares them; by name, any export can be called."),
  );
  section.querySelector(".card-head").append(h("span", { class: "quiet" }, count(rows.length)));
  return section;
}

function provenance(detail) {
  const { module, provenance: from } = detail;
  return card(
    "Where it comes from",
    facts(
      ["Location", from.location ? code(from.location) : "–"],
      ["Named by", from.outside ? "somebody outside of the application" : "the application"],
      ["Digest", from.digest ? code(from.digest) : "not known before it is loaded"],
      ["Pinned to", from.pinnedDigest ? code(from.pinnedDigest) : "no digest"],
      ["Signed by", from.signedBy ? name(from.signedBy) : from.signature ? "not checked yet" : "not signed"],
      ["Signature", from.signature ? code(from.signature) : null],
      ["Compiled class", from.compiledClass ? code(from.compiledClass) : null],
      ["Engine", module.engine ? [name(module.engine), module.code ? `, ${words(module.code)}` : null] : "not loaded"],
      ["Code", module.tier ? `${words(module.tier.state)}: ${module.tier.reason ?? ""}` : null],
    ),
  );
}

function interfaceOf(detail, open) {
  return card(
    "What it offers and needs",
    facts(
      ["Features", detail.features === null ? "not known before it is loaded" : detail.features.length > 0 ? detail.features.join(", ") : "none beyond the first version"],
      [
        "Depends on",
        Object.keys(detail.module.dependencies ?? {}).length > 0
          ? Object.entries(detail.module.dependencies).map(([id, range]) => [h("a", { href: moduleLink(id) }, name(id)), ` ${range} `])
          : "no other module",
      ],
      [
        "Linked with",
        detail.links?.length > 0
          ? detail.links.map((each) => [h("a", { href: moduleLink(each.module, each.version) }, name(each.module), ` ${each.version}`), ` `])
          : null,
      ],
      ["Big functions", detail.bigFunctions?.length > 0 ? detail.bigFunctions.map((each) => h("div", {}, code(each))) : null],
    ),
    listOf("exports", `Exports (${detail.exports.length})`, detail.exports, open),
    listOf("imports", `Imports (${detail.imports.length})`, detail.imports, open),
  );
}

function listOf(id, title, lines, open) {
  if (lines.length === 0) return null;
  return h(
    "details",
    { open: open.has(id), data: { id } },
    h("summary", { data: { focus: id } }, title),
    scroll(title, h("ul", { class: "lines" }, lines.map((line) => h("li", {}, code(line))))),
  );
}

const SETTINGS = [{ title: "Setting" }, { title: "Value" }, { title: "Set by" }, { title: "To change it" }];

function settings(detail, open) {
  const own = detail.settings.filter((each) => !each.isDefault);
  const defaults = detail.settings.filter((each) => each.isDefault);
  const tableOf = (caption, list) => scroll(caption, filledTable(caption, SETTINGS, list.map(setting)));
  return card(
    "Limits and settings",
    own.length > 0 ? tableOf("Settings that differ from the defaults", own) : empty("Nothing is set for this module: all defaults apply."),
    defaults.length > 0
      ? h(
          "details",
          { open: open.has("defaults"), data: { id: "defaults" } },
          h("summary", { data: { focus: "defaults" } }, `Defaults (${defaults.length})`),
          tableOf("Settings that are as by default", defaults),
        )
      : null,
  );
}

function setting(each) {
  const by = { property: "a property", module: "the module itself", default: "default" }[each.source] ?? each.source;
  return [
    name(each.name),
    each.value === null || each.value === undefined ? h("span", { class: "quiet" }, "none") : code(each.value),
    [
      each.property ? code(each.property) : by,
      each.origin ? h("span", { class: "row-remark quiet" }, each.origin) : null,
    ],
    each.set ? code(each.set) : "–",
  ];
}

const ADAPTIVE = [
  { title: "Operation" },
  { title: "Input" },
  { title: "Answered by" },
  { title: "Wasm takes", number: true },
  { title: "Java takes", number: true },
  { title: "Calls", number: true },
  { title: "Changes", number: true },
];

function adaptive(detail) {
  return card(
    "Whose turn it is",
    h("p", { class: "quiet" }, "Adaptive execution measures both sides and asks the quicker one."),
    scroll(
      "Whose turn it is",
      filledTable(
        "Adaptive execution",
        ADAPTIVE,
        detail.adaptive.map((each) => [
          name(each.operation),
          each.toBytes === null ? `from ${bytes(each.fromBytes)}` : `${bytes(each.fromBytes)} to ${bytes(each.toBytes)}`,
          badge(each.chosen === "WASM" ? "wasm" : "java", each.chosen === "WASM" ? "Wasm" : "Java"),
          nanos(each.wasmNanos),
          nanos(each.javaNanos),
          count(each.calls),
          count(each.switches),
        ]),
      ),
    ),
  );
}

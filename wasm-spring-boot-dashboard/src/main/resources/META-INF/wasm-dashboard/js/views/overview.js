import { CallFigures } from "../call-figures.js";
import { confirmCancelTask, whyNot } from "../dialogs.js";
import { announce, fill, h, keyed, name, setAttribute, setText } from "../dom.js";
import { bytes, count, nanos, plural, share, time, words } from "../format.js";
import { ModulesTable } from "../modules-table.js";
import { Bar, EventLine, LiveFacts, button, card, empty, moduleLink, scroll } from "../parts.js";
import { SectionCards } from "../sections.js";

const EVENTS_SHOWN = 30;
const TROUBLES_SHOWN = 5;

/** Is everything well, and if not, where? */
export class Overview {
  title = "Overview";

  constructor(context) {
    this.context = context;
    this.store = context.store;
    this.status = new Status(this.store);
    this.calls = new CallFigures("Memory of instances");
    this.modules = new ModulesTable(this.store);
    this.sections = new SectionCards(context);
    this.resources = new Resources(context);
    this.events = new RecentEvents(this.store);
    this.element = h(
      "div",
      { class: "page" },
      h("h1", { class: "visually-hidden", tabindex: "-1" }, "Overview"),
      this.status.element,
      this.calls.tiles,
      this.calls.charts,
      this.modules.element,
      this.sections.element,
      this.resources.element,
      this.events.element,
    );
    this.update(new Set(["modules", "figures", "events", "sections", "session"]));
  }

  update(changed) {
    const figures = this.store.figures;
    if (changed.has("modules") || changed.has("figures")) this.status.update();
    if (changed.has("figures") && figures) {
      this.calls.update(figures.total, this.store.total);
      this.#memory(figures.memory);
    }
    if (changed.has("figures") || changed.has("modules")) this.modules.update(changed);
    if (changed.has("figures") || changed.has("session")) this.resources.update();
    if (changed.has("sections") || changed.has("session")) this.sections.update();
    if (changed.has("events")) this.events.update();
  }

  #memory(memory) {
    const part = memory.budgetBytes > 0 ? memory.usedBytes / memory.budgetBytes : 0;
    this.calls.memory.update(bytes(memory.usedBytes), `${share(part)} of ${bytes(memory.budgetBytes)}`, part >= 0.9 ? "bad" : part >= 0.75 ? "warn" : null);
  }

  close() {
    this.calls.close();
  }
}

class Status {
  #said = null;

  constructor(store) {
    this.store = store;
    this.sentence = h("p", { class: "status-sentence" }, "Waiting for the first figures …");
    this.list = h("ul", { class: "troubles", role: "list" });
    this.more = h("p", { class: "quiet", hidden: true });
    this.show = keyed(this.list, (each) => `${each.module?.id} ${each.module?.version} ${each.text}`, trouble);
    this.element = h("section", { class: "status", "aria-label": "State" }, this.sentence, this.list, this.more);
  }

  update() {
    const overview = this.store.overview;
    if (!overview) return;
    const troubles = this.store.troubles();
    setAttribute(this.element, "data-state", overview.state);
    setText(this.sentence, overview.sentence);
    this.show(troubles.slice(0, TROUBLES_SHOWN));
    this.more.hidden = troubles.length <= TROUBLES_SHOWN;
    setText(this.more, `and ${troubles.length - TROUBLES_SHOWN} more in the table below`);
    if (this.#said !== null && this.#said !== overview.state) announce(overview.sentence);
    this.#said = overview.state;
  }
}

function trouble(item) {
  const link = item.module
    ? h("a", { href: moduleLink(item.module.id, item.module.version) }, name(item.module.id), ` ${item.module.version}`)
    : null;
  return { element: h("li", { data: { level: item.level } }, link, link ? " " : null, h("span", {}, item.text)), update: () => {} };
}

class RecentEvents {
  constructor(store) {
    this.store = store;
    this.list = h("ol", { class: "events", role: "list" });
    this.none = empty("Nothing has happened yet. Here you will see when modules are loaded, fail, recover or are changed.");
    this.show = keyed(this.list, (each) => each.seq, () => new EventLine());
    this.element = card("Recent events", h("div", { class: "events-box" }, scroll("Recent events", this.none, this.list)));
    this.element.querySelector(".card-head").append(h("a", { href: "#/events" }, "All events"));
  }

  update() {
    this.none.hidden = this.store.events.length > 0;
    this.show(this.store.events.slice(0, EVENTS_SHOWN));
  }
}

/** What all modules share. */
class Resources {
  constructor(context) {
    this.context = context;
    this.memoryBar = new Bar("wasm");
    this.memory = new LiveFacts("Instances", "Budget");
    this.memoryList = h("ul", { class: "shares", role: "list" });
    this.showMemory = keyed(this.memoryList, (each) => each.id, () => new ShareLine((each) => bytes(each.value)));
    this.errorList = h("ul", { class: "shares", role: "list" });
    this.showErrors = keyed(this.errorList, (each) => each.id, () => new ShareLine((each) => count(each.value), "bad"));
    this.noErrors = empty("No failure since the start.");
    this.cache = new LiveFacts("In memory", "Found", "Not found", "Evicted", "On disk");
    this.tasks = new LiveFacts("Running", "Waiting", "Turned away", "Given up");
    this.taskList = h("ul", { class: "work", role: "list" });
    this.showTasks = keyed(this.taskList, (each) => each.id, (each) => new TaskLine(each, context));
    this.compilations = new LiveFacts("Running", "Waiting");
    this.compileList = h("ul", { class: "work", role: "list" });
    this.showCompilations = keyed(this.compileList, (each) => `${each.module} ${each.version}`, () => new CompilationLine());
    this.noCompilations = empty("Nothing is being compiled.");
    this.jvm = new LiveFacts("Heap", "Threads", "Engine", "Running since", "Open dashboards");
    const errors = card("Failures by category", this.noErrors, this.errorList);
    errors.querySelector(".card-head").append(h("a", { href: "#/errors" }, "Error report"));
    this.element = h(
      "div",
      { class: "grid" },
      card("Memory", this.memoryBar.element, this.memory.element, this.memoryList),
      errors,
      card("Tasks", this.tasks.element, this.taskList),
      card("Compilations", this.compilations.element, this.noCompilations, this.compileList),
      card("Cache of compiled code", this.cache.element),
      card("Application", this.jvm.element),
    );
  }

  update() {
    const figures = this.context.store.figures;
    if (!figures) return;
    const { memory, errors, cache, tasks, compilations, jvm, clients } = figures;
    this.memoryBar.update(memory.budgetBytes > 0 ? memory.usedBytes / memory.budgetBytes : 0);
    this.memory.update(bytes(memory.usedBytes), bytes(memory.budgetBytes));
    this.showMemory(largest(memory.byModule, 6));
    const failures = largest(errors, 8);
    this.noErrors.hidden = failures.length > 0;
    this.showErrors(failures.map((each) => ({ ...each, label: words(each.id) })));
    this.tasks.update(count(tasks.running), count(tasks.queued), count(tasks.rejected), count(tasks.cancelled));
    this.showTasks(tasks.list.slice(0, 8));
    this.compilations.update(count(compilations.running), count(compilations.queued));
    this.noCompilations.hidden = compilations.list.length > 0;
    this.showCompilations(compilations.list.slice(0, 8));
    const disk = cache.disk;
    this.cache.update(
      `${plural(cache.entries, "module", "modules")}, ${bytes(cache.bytes)}`,
      count(cache.hits),
      count(cache.misses),
      count(cache.evictions),
      disk ? `${bytes(disk.bytes)} of ${bytes(disk.maxBytes)}${disk.failures > 0 ? `, ${plural(disk.failures, "failure", "failures")}` : ""}` : "off (wasm.cache.directory)",
    );
    this.jvm.update(
      `${bytes(jvm.heapUsedBytes)} of ${bytes(jvm.heapMaxBytes)}`,
      count(jvm.threads),
      this.context.store.overview?.engine ?? "–",
      time(this.context.store.overview?.startedAt),
      `${clients.open} of ${clients.max}`,
    );
  }
}

function largest(values, number) {
  const all = Object.entries(values ?? {})
    .map(([id, value]) => ({ id, label: id, value }))
    .filter((each) => each.value > 0)
    .sort((a, b) => b.value - a.value);
  const top = all[0]?.value ?? 1;
  return all.slice(0, number).map((each) => ({ ...each, part: each.value / top }));
}

class ShareLine {
  constructor(text, part = "wasm") {
    this.text = text;
    this.label = h("bdi", { class: "share-label" });
    this.value = h("span", { class: "share-value" });
    this.bar = new Bar(part);
    this.element = h("li", {}, this.label, this.value, this.bar.element);
  }

  update(item) {
    setText(this.label, item.label);
    setText(this.value, this.text(item));
    this.bar.update(item.part);
  }
}

class TaskLine {
  constructor(task, context) {
    this.state = h("span", { class: "quiet" });
    const reason = whyNot(context.store.session);
    const cancel = button("Cancel", () => confirmCancelTask(task, context.done), {
      class: "link",
      disabled: reason !== null,
      title: reason,
      "aria-label": `Cancel ${task.operation} of ${task.module}`,
    });
    this.element = h("li", {}, h("span", { class: "work-name" }, name(task.module), " ", name(task.operation)), this.state, cancel);
  }

  update(task) {
    const text = task.state === "QUEUED" ? `waits ${nanos(task.waitedNanos)}` : `${words(task.state)} ${nanos(task.ranNanos)}`;
    setText(this.state, text);
  }
}

class CompilationLine {
  constructor() {
    this.name = h("span", { class: "work-name" });
    this.state = h("span", { class: "quiet" });
    this.element = h("li", {}, this.name, this.state);
  }

  update(compilation) {
    if (!this.name.hasChildNodes()) fill(this.name, name(compilation.module), " ", name(compilation.version, "quiet"));
    setText(this.state, compilation.reason ? `${words(compilation.state)}: ${compilation.reason}` : words(compilation.state));
  }
}

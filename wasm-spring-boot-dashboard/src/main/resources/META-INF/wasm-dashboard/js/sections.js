import { confirmPluginAction, confirmSectionAction, uploadPlugin, whyNot } from "./dialogs.js";
import { fill, h, keyed, name } from "./dom.js";
import { byUnit, bytes, share, shortDigest, words } from "./format.js";
import { Bar, badge, button, code, empty, filledTable, moduleLink, row, scroll, table, when } from "./parts.js";

const NOTHING = {
  "call-times": "No call has been answered yet. How long each operation takes is shown here.",
  tenants: "No tenant has called yet. Each call that names one is counted here; wasm.tenants.* limits them.",
  rollouts: "No module is being replaced. A new version that serves a share of the calls is shown here until it serves all or none.",
};

const NUMBERS = new Set(["count", "bytes", "nanos", "share", "perSecond"]);

/** What other parts of the application show, a card for each; of one module, the rows that name it in a column "module". */
export class SectionCards {
  /** @param module the id of a module, null for all that there is */
  constructor(context, module = null) {
    this.context = context;
    this.module = module;
    this.element = h("div", { class: "sections" });
    this.show = keyed(
      this.element,
      (each) => each.id,
      (each) => (each.id === "plugins" ? new Plugins(context) : new TableSection(context)),
    );
  }

  update() {
    const { store } = this.context;
    if (this.module !== null) {
      this.show(store.sectionList().map((each) => this.#ofModule(each)).filter((each) => each.data.rows.length > 0));
      return;
    }
    const sections = store.sectionList();
    if (store.session?.plugins && !store.sections.has("plugins")) {
      sections.push({ id: "plugins", title: "Plug-ins", data: { list: [] }, actions: [] });
    }
    this.show(sections);
  }

  #ofModule(section) {
    const { columns = [], rows = [], note } = section.data ?? {};
    const shown = columns.filter((each) => each.id !== "module");
    const own = shown.length < columns.length ? rows.filter((each) => each.cells?.module === this.module) : [];
    return { ...section, data: { columns: shown, rows: own, note } };
  }
}

class TableSection {
  #shown = null;

  constructor(context) {
    this.context = context;
    this.title = h("h2", {});
    this.body = h("div", {});
    this.element = h("section", { class: "card" }, h("div", { class: "card-head" }, this.title), this.body);
  }

  update(section) {
    // Rows are kept while the columns are the same, so that a button does not vanish under the pointer.
    const data = section.data ?? {};
    const columns = data.columns ?? [];
    const shape = JSON.stringify([section.title, columns, whyNot(this.context.store.session)]);
    if (shape !== this.#shown) {
      this.#shown = shape;
      fill(this.title, section.title);
      this.#build(section, columns);
    }
    this.section = section;
    this.note.hidden = !data.note;
    fill(this.note, data.note ?? "");
    const rows = data.rows ?? [];
    this.none.hidden = rows.length > 0 || Boolean(data.note);
    this.table.hidden = rows.length === 0;
    this.show(rows);
  }

  #build(section, columns) {
    const acting = (section.actions ?? []).length > 0;
    const heads = columns.map((each) => ({ title: each.title, number: NUMBERS.has(each.unit) }));
    const all = acting ? [...heads, { title: "Actions" }] : heads;
    const made = table(section.title, all);
    this.show = keyed(made.body, (each) => each.key, () => new SectionRow(this, columns, all, acting));
    this.table = scroll(section.title, made.element);
    this.none = empty(NOTHING[section.id] ?? "Nothing to show at the moment.");
    this.note = h("p", { class: "quiet" });
    fill(this.body, this.note, this.none, this.table);
  }
}

class SectionRow {
  constructor(section, columns, heads, acting) {
    this.section = section;
    this.columns = columns;
    this.cells = columns.map(() => h("span", { class: "section-cell" }));
    this.buttons = h("span", { class: "row-actions" });
    this.element = row(heads, acting ? [...this.cells, this.buttons] : this.cells);
  }

  update(item) {
    this.columns.forEach((column, i) => {
      const value = item.cells?.[column.id] ?? null;
      if (this.cells[i].dataset.value === String(value)) return;
      this.cells[i].dataset.value = String(value);
      if (column.unit === "share" && value !== null) {
        const bar = new Bar("wasm");
        bar.update(value);
        fill(this.cells[i], share(value), bar.element);
      } else {
        fill(this.cells[i], name(byUnit(column.unit, value)));
      }
    });
    const ids = (item.actions ?? []).join(" ");
    if (this.buttons.dataset.ids === ids) return;
    this.buttons.dataset.ids = ids;
    const { context, section } = this.section;
    const reason = whyNot(context.store.session);
    fill(
      this.buttons,
      (section.actions ?? [])
        .filter((each) => (item.actions ?? []).includes(each.id))
        .map((each) =>
          button(each.title, () => confirmSectionAction(section, each, item.key, context.done), {
            class: "quiet-button small",
            disabled: reason !== null,
            title: reason,
            "aria-label": `${each.title}: ${item.key}`,
          }),
        ),
    );
  }
}

const PLUGIN_STATES = { ACTIVE: "ok", FAILED: "bad", DISABLED: "quiet", ROLLED_BACK: "warn", REFUSED: "bad" };

const stateBadge = (state) => badge(PLUGIN_STATES[state] ?? "quiet", words(state));

class Plugins {
  constructor(context) {
    this.context = context;
    this.install = button("Install a plug-in …", () => uploadPlugin(null, this.#limits(), context.done), { class: "primary small" });
    this.none = empty("No plug-in is installed. A plug-in is a module that is added, replaced and removed while the application runs.");
    this.list = h("ul", { class: "plugins", role: "list" });
    this.show = keyed(this.list, (each) => each.id, () => new Plugin(context, () => this.#limits()));
    this.element = h("section", { class: "card" }, h("div", { class: "card-head" }, h("h2", {}, "Plug-ins"), this.install), this.none, this.list);
  }

  #limits() {
    return this.context.store.session?.plugins;
  }

  update(section) {
    const plugins = section.data?.list ?? [];
    const reason = whyNot(this.context.store.session);
    const upload = this.#limits()?.upload === true;
    this.install.hidden = !upload;
    this.install.disabled = reason !== null;
    this.install.title = reason ?? "";
    this.none.hidden = plugins.length > 0;
    this.show(plugins);
  }
}

const HISTORY = [{ title: "Revision" }, { title: "Version" }, { title: "Digest" }, { title: "Size", number: true }, { title: "Installed" }, { title: "Outcome" }, { title: "Actions" }];

class Plugin {
  #shown = null;

  constructor(context, limits) {
    this.context = context;
    this.limits = limits;
    this.body = h("div", {});
    this.element = h("li", { class: "plugin" }, this.body);
    this.open = false;
  }

  update(plugin) {
    const reason = whyNot(this.context.store.session);
    const shape = JSON.stringify([plugin, reason]);
    if (shape === this.#shown) return;
    this.#shown = shape;
    const { done } = this.context;
    const act = (label, listener, className = "quiet-button small") =>
      button(label, listener, { class: className, disabled: reason !== null, title: reason, "aria-label": `${label.replace(" …", "")}: ${plugin.id}` });
    const history = plugin.history ?? [];
    const details = h(
      "details",
      { open: this.open, on: { toggle: () => (this.open = details.open) } },
      h("summary", {}, `History (${history.length})`),
      scroll(
        `History of ${plugin.id}`,
        filledTable(
          `History of ${plugin.id}`,
          HISTORY,
          history.map((each) => [
            [h("span", { class: "only-narrow-text" }, "Revision "), String(each.revision)],
            name(each.version),
            code(shortDigest(each.digest)),
            bytes(each.sizeBytes),
            [when(each.installedAt), each.by ? [" by ", name(each.by)] : null],
            [stateBadge(each.outcome), each.note ? [" ", h("span", { class: "quiet" }, each.note)] : null],
            each.revision === plugin.revision ? "runs now" : act(`Roll back to ${each.revision} …`, () => confirmPluginAction("roll-back", plugin, each.revision, done)),
          ]),
        ),
      ),
    );
    fill(
      this.body,
      h(
        "div",
        { class: "plugin-head" },
        h("a", { class: "module-link", href: moduleLink(plugin.id) }, name(plugin.id)),
        " ",
        name(plugin.version, "quiet"),
        " ",
        stateBadge(plugin.state),
      ),
      h(
        "p",
        { class: "quiet plugin-facts" },
        `revision ${plugin.revision}, ${bytes(plugin.sizeBytes)}, from `,
        name(plugin.source ?? "–"),
        plugin.signer ? [", signed by ", name(plugin.signer)] : ", not signed",
        ", installed ",
        when(plugin.installedAt),
      ),
      plugin.failure ? h("p", { class: "problem" }, plugin.failure) : null,
      h(
        "div",
        { class: "row-actions" },
        this.limits()?.upload ? act("Update …", () => uploadPlugin(plugin, this.limits(), done)) : null,
        history.length > 1 ? act("Roll back …", () => confirmPluginAction("roll-back", plugin, null, done)) : null,
        plugin.state === "DISABLED"
          ? act("Enable …", () => confirmPluginAction("enable", plugin, null, done))
          : act("Disable …", () => confirmPluginAction("disable", plugin, null, done)),
        act("Remove …", () => confirmPluginAction("remove", plugin, null, done)),
      ),
      history.length > 0 ? details : null,
    );
  }
}

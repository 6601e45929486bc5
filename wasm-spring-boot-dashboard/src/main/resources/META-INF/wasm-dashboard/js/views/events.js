import { h, keyed, setText } from "../dom.js";
import { plural } from "../format.js";
import { EventLine, button, empty } from "../parts.js";

const LEVELS = { all: ["All", () => true], warning: ["Warnings and errors", (event) => event.severity !== "info"], error: ["Errors", (event) => event.severity === "error"] };

/** What has happened, newest first. */
export class Events {
  title = "Events";
  #held = null;

  constructor(context) {
    this.store = context.store;
    this.find = h("input", { type: "search", id: "find-event", placeholder: "Find …", autocomplete: "off", spellcheck: "false", on: { input: () => this.#render() } });
    this.level = h(
      "select",
      { id: "event-level", on: { change: () => this.#render() } },
      Object.entries(LEVELS).map(([id, [title]]) => h("option", { value: id }, title)),
    );
    this.pause = button("Hold", () => this.#hold(), { class: "quiet-button", "aria-pressed": "false" });
    this.news = h("span", { class: "quiet news", role: "status" });
    this.list = h("ol", { class: "events", role: "list" });
    this.none = empty("");
    this.show = keyed(this.list, (each) => each.seq, () => new EventLine());
    this.element = h(
      "div",
      { class: "page" },
      h(
        "div",
        { class: "page-head" },
        h("div", {}, h("h1", { tabindex: "-1" }, "Events"), h("p", { class: "quiet" }, "The last 200, newest first. The application's log has them all.")),
        h(
          "div",
          { class: "bar-of-tools" },
          this.news,
          h("label", {}, h("span", { class: "visually-hidden" }, "Find an event"), this.find),
          h("label", {}, h("span", { class: "visually-hidden" }, "Severity"), this.level),
          this.pause,
        ),
      ),
      h("section", { class: "card", "aria-label": "Events" }, this.none, this.list),
    );
    this.#render();
  }

  #hold() {
    this.#held = this.#held === null ? this.store.events : null;
    this.pause.setAttribute("aria-pressed", String(this.#held !== null));
    setText(this.pause, this.#held === null ? "Hold" : "Go on");
    this.#render();
  }

  update(changed) {
    if (changed.has("events")) this.#render();
  }

  #render() {
    const query = this.find.value.trim().toLowerCase();
    const matches = LEVELS[this.level.value][1];
    const events = (this.#held ?? this.store.events).filter(
      (event) => matches(event) && (query === "" || `${event.module} ${event.version} ${event.type} ${event.text}`.toLowerCase().includes(query)),
    );
    this.show(events);
    this.none.hidden = events.length > 0;
    setText(
      this.none,
      this.store.events.length === 0
        ? "Nothing has happened yet. Here you will see when modules are loaded, fail, recover or are changed."
        : "No event is like this.",
    );
    const newest = this.#held?.[0]?.seq ?? 0;
    const waiting = this.#held === null ? 0 : this.store.events.filter((event) => event.seq > newest).length;
    setText(this.news, waiting > 0 ? plural(waiting, "new event", "new events") : "");
  }

  close() {}
}

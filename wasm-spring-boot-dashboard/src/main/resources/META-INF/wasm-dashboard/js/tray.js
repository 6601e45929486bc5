import { announce, h, keyed, setAttribute, setText } from "./dom.js";
import { button } from "./parts.js";
import { share } from "./format.js";

const SHOWN = 4;
const DONE_MILLIS = 8_000;
const WORTH_SHOWING_MILLIS = 1_000;
const ASKED_FOR = new Set(["action", "upload", "profile"]);

/** Long work in a corner of the page, above everything, so that nothing moves when it comes and goes. */
export class Tray {
  #seen = new Set();
  #dismissed = new Set();
  #notes = new Map();

  constructor(store) {
    this.store = store;
    this.list = h("ul", { role: "list" });
    this.more = h("p", { class: "tray-more quiet", hidden: true });
    document.getElementById("tray").append(this.list, this.more);
    this.show = keyed(this.list, (each) => each.id, () => new Line((id) => this.#dismiss(id)));
    store.subscribe((changed) => {
      if (changed.has("progress") || changed.has("figures")) this.update();
    });
  }

  /** Tells the outcome of what somebody did here. What the server says of the same work later replaces it. */
  note(id, text, state = "done") {
    const key = id ?? `note-${Date.now()}`;
    this.#notes.set(key, { id: key, kind: "action", title: text, text: "", state, share: null, startedAt: Date.now(), endedAt: Date.now() });
    this.#seen.add(key);
    announce(text);
    this.update();
    setTimeout(() => this.update(), DONE_MILLIS + 100);
  }

  #dismiss(id) {
    this.#dismissed.add(id);
    this.#notes.delete(id);
    this.update();
  }

  update() {
    const now = Date.now();
    const all = new Map([...this.#notes, ...this.store.progress]);
    const lines = [];
    for (const each of all.values()) {
      if (this.#dismissed.has(each.id)) continue;
      if (each.state === "running") {
        // The clock of the server may differ: the time is that since this page has heard of it.
        if (!ASKED_FOR.has(each.kind) && now - this.#heard(each.id) < WORTH_SHOWING_MILLIS) continue;
        this.#seen.add(each.id);
        lines.push(each);
      } else if (this.#seen.has(each.id)) {
        const ended = this.#ended(each.id);
        if (each.state === "failed" || now - ended < DONE_MILLIS) {
          lines.push(each);
        } else {
          this.#notes.delete(each.id);
        }
      }
    }
    this.show(lines.slice(0, SHOWN));
    this.more.hidden = lines.length <= SHOWN;
    setText(this.more, `and ${lines.length - SHOWN} more`);
  }

  #times = new Map();

  #heard(id) {
    if (!this.#times.has(id)) this.#times.set(id, Date.now());
    return this.#times.get(id);
  }

  #ended(id) {
    const key = `${id} ended`;
    if (!this.#times.has(key)) {
      this.#times.set(key, Date.now());
      setTimeout(() => this.update(), DONE_MILLIS + 100);
    }
    return this.#times.get(key);
  }
}

class Line {
  constructor(dismiss) {
    this.title = h("strong", {});
    this.text = h("span", { class: "quiet" });
    this.bar = h("progress", { max: "1" });
    this.close = button("Hide", () => dismiss(this.id), { class: "link" });
    this.element = h("li", { class: "tray-line" }, h("div", { class: "tray-text" }, this.title, this.text), this.close, this.bar);
  }

  update(progress) {
    this.id = progress.id;
    const before = this.element.dataset.state;
    setAttribute(this.element, "data-state", progress.state);
    setText(this.title, progress.title);
    const remark = progress.error?.message ?? progress.text ?? "";
    setText(this.text, progress.share !== null && progress.share !== undefined && progress.state === "running" ? `${share(progress.share)} ${remark}` : remark);
    this.bar.hidden = progress.state !== "running";
    setAttribute(this.bar, "aria-label", progress.title);
    if (progress.share === null || progress.share === undefined) {
      this.bar.removeAttribute("value");
    } else {
      this.bar.value = progress.share;
    }
    setAttribute(this.close, "aria-label", `Hide: ${progress.title}`);
    if (before === "running" && progress.state !== "running") {
      announce(progress.state === "failed" ? `${progress.title} failed. ${remark}` : `${progress.title}: done. ${remark}`);
    }
  }
}

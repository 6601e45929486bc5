import { get } from "./api.js";
import { confirmStopProfile, startProfile, whyNot } from "./dialogs.js";
import { fill, h, setText } from "./dom.js";
import { FlameGraph } from "./flame.js";
import { count, nanos, plural, time } from "./format.js";
import { button, empty } from "./parts.js";

const PAUSE_MILLIS = 500;
const PATIENCE_MILLIS = 10_000;

/** Starts, stops and shows a profile, of one module or of all. */
export class ProfilePanel {
  #aborter = new AbortController();
  #running = false;
  #ended = new Set();
  #until = null;
  #timer = null;

  /** @param module the id of the only module to show, null for all */
  constructor(context, module = null) {
    this.context = context;
    this.module = module;
    this.start = button(
      "Profile …",
      () => {
        const ids = [...new Set(context.store.modules.map((each) => each.id))];
        startProfile(ids, context.store.session?.limits, module, (answer, seconds) => {
          context.done(answer);
          this.#until = Date.now() + seconds * 1000;
          this.load();
        });
      },
      { class: "primary small" },
    );
    this.stop = button("Stop …", () => confirmStopProfile((answer) => (context.done(answer), this.load())), { class: "quiet-button", hidden: true });
    this.again = button("Refresh", () => this.load(), { class: "quiet-button", hidden: true });
    this.remark = h("p", { class: "quiet" }, " ");
    this.body = h("div", {});
    this.graph = new FlameGraph();
    this.element = h("div", { class: "profile" }, h("div", { class: "bar-of-tools" }, this.start, this.stop, this.again), this.remark, this.body);
    this.update(new Set(["session"]));
    this.load();
  }

  async load() {
    const query = this.module === null ? "" : `?${new URLSearchParams({ module: this.module })}`;
    try {
      this.#render(await get(`api/profile${query}`, this.#aborter.signal));
    } catch (failure) {
      if (failure.name === "AbortError") return;
      fill(this.body, h("p", { class: "problem", role: "alert" }, failure.message));
    }
  }

  #render(profile) {
    this.#running = profile.running;
    this.#loadAtItsEnd();
    this.stop.hidden = !profile.running;
    this.again.hidden = !profile.running;
    const of = profile.module === null || profile.module === undefined ? "all modules" : profile.module;
    if (!profile.startedAt) {
      setText(this.remark, " ");
    } else {
      setText(
        this.remark,
        `${profile.running ? "Looking at" : "Looked at"} ${of} since ${time(profile.startedAt)}, for ${nanos(profile.durationNanos)}${profile.running ? " so far" : ""}, ${count(profile.rate)} times a second: ` +
          `${plural(profile.samples, "sample", "samples")}${profile.left > 0 ? `, ${count(profile.left)} not kept` : ""}.`,
      );
    }
    if (profile.tree && profile.tree.total > 0) {
      if (this.graph.element.parentNode !== this.body) fill(this.body, this.graph.element);
      this.graph.show(profile.tree);
    } else {
      fill(this.body, this.#none(profile));
    }
  }

  /** Who has started a profile sees it when its time is over; it may take a moment longer to stop. */
  #loadAtItsEnd() {
    clearTimeout(this.#timer);
    if (!this.#running || this.#until === null) return;
    const left = this.#until - Date.now();
    if (left > -PATIENCE_MILLIS) this.#timer = setTimeout(() => this.load(), Math.max(left, 0) + PAUSE_MILLIS);
  }

  #none(profile) {
    if (profile.running) return empty("No call has been seen so far. Figures come when modules are called.");
    return profile.startedAt
      ? empty("No call was seen. Profile while modules are called.")
      : empty("There is no profile yet. “Profile …” looks at what runs for some seconds and shows where the time goes, by function.");
  }

  update(changed) {
    if (changed.has("session")) {
      const reason = whyNot(this.context.store.session);
      for (const each of [this.start, this.stop]) {
        each.disabled = reason !== null;
        each.title = reason ?? "";
      }
    }
    if (changed.has("progress")) {
      for (const each of this.context.store.progress.values()) {
        if (each.kind === "profile" && each.state !== "running" && !this.#ended.has(each.id)) {
          this.#ended.add(each.id);
          if (this.#running) this.load();
        }
      }
    }
  }

  close() {
    clearTimeout(this.#timer);
    this.#aborter.abort();
    this.graph.close();
  }
}

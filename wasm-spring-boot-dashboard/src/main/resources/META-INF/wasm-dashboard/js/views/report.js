import { get } from "../api.js";
import { confirmClearErrors, whyNot } from "../dialogs.js";
import { fill, h, setText } from "../dom.js";
import { time } from "../format.js";
import { button } from "../parts.js";
import { errorReport, performanceReport } from "../reports.js";

/** A report of all modules, as it was when it was asked for. */
class Report {
  #aborter = new AbortController();

  constructor(context, { title, path, render, explanation }) {
    this.context = context;
    this.title = title;
    this.path = path;
    this.render = render;
    this.asOf = h("span", { class: "quiet" }, "Loading …");
    this.again = button("Refresh", () => this.load(), { class: "quiet-button" });
    this.tools = h("div", { class: "bar-of-tools" }, this.asOf, this.again);
    this.body = h("div", { class: "report" });
    this.element = h(
      "div",
      { class: "page" },
      h("div", { class: "page-head" }, h("div", {}, h("h1", { tabindex: "-1" }, title), h("p", { class: "quiet" }, explanation)), this.tools),
      h("section", { class: "card", "aria-label": title }, this.body),
    );
    this.load();
  }

  async load() {
    this.again.disabled = true;
    try {
      const report = await get(this.path, this.#aborter.signal);
      fill(this.body, this.render(report));
      setText(this.asOf, `As of ${time(Date.now())}`);
    } catch (failure) {
      if (failure.name === "AbortError") return;
      fill(this.body, h("p", { class: "problem", role: "alert" }, failure.message));
      setText(this.asOf, "");
    } finally {
      this.again.disabled = false;
    }
  }

  update() {}

  close() {
    this.#aborter.abort();
  }
}

export class Errors extends Report {
  constructor(context) {
    super(context, {
      title: "Errors",
      path: "api/errors",
      render: errorReport,
      explanation: "What has failed, how often, and what the messages have in common.",
    });
    this.clear = button("Clear …", () => confirmClearErrors((answer) => (context.done(answer), this.load())), { class: "quiet-button" });
    this.tools.append(this.clear);
    this.update(new Set(["session"]));
  }

  update(changed) {
    if (!changed.has("session")) return;
    const reason = whyNot(this.context.store.session);
    this.clear.disabled = reason !== null;
    this.clear.title = reason ?? "";
  }
}

export class Performance extends Report {
  constructor(context) {
    super(context, {
      title: "Performance",
      path: "api/performance",
      render: performanceReport,
      explanation: "What costs speed or answers, and what to change about it.",
    });
  }
}

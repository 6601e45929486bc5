import { bars } from "./charts.js";
import { h, name } from "./dom.js";
import { count, plural, time, words } from "./format.js";
import { badge, empty, moduleLink, severity, when } from "./parts.js";
import { webAddress } from "./text.js";

const TRENDS = { RISING: ["bad", "rising"], STEADY: ["warn", "steady"], FALLING: ["ok", "falling"], OVER: ["quiet", "over"] };

/** Failures by operation and category, with what their messages have in common. */
export function errorReport(report, { withModule = true } = {}) {
  if (report.rows.length === 0) {
    return empty(`No failure since ${time(report.sinceAt)}. What fails is shown here with its messages, failures that Java answered in place of included.`);
  }
  return h(
    "div",
    {},
    h(
      "p",
      { class: "quiet" },
      `${plural(report.total, "failure", "failures")} since ${time(report.sinceAt)}.`,
      report.left > 0 ? ` ${count(report.left)} of them are of too many kinds to be listed.` : null,
    ),
    h("ul", { class: "findings", role: "list" }, report.rows.map((row) => errorRow(row, withModule))),
  );
}

function errorRow(row, withModule) {
  const [level, trend] = TRENDS[row.trend] ?? ["quiet", words(row.trend)];
  const hour = row.lastHour.reduce((sum, each) => sum + each, 0);
  return h(
    "li",
    { class: "finding", data: { level: severity(row.severity)[0] } },
    h(
      "div",
      { class: "finding-head" },
      h(
        withModule ? "h2" : "h3",
        {},
        withModule && row.module ? [h("a", { href: moduleLink(row.module, row.version) }, name(row.module), " ", name(row.version)), " "] : null,
        name(row.operation),
        `: ${words(row.category)}`,
      ),
      badge(level, trend),
    ),
    h(
      "div",
      { class: "finding-figures" },
      h(
        "p",
        {},
        plural(row.count, "time", "times"),
        row.fallback > 0 ? `, ${count(row.fallback)} answered by Java` : null,
        h("span", { class: "quiet" }, ", first ", when(row.firstAt), ", last ", when(row.lastAt)),
      ),
      h("div", { class: "hour" }, bars(row.lastHour, `${plural(hour, "failure", "failures")} in the last hour`), h("span", { class: "quiet" }, "last hour")),
    ),
    h(
      "ul",
      { class: "patterns", role: "list" },
      row.patterns.map((pattern) => h("li", {}, h("span", { class: "pattern-count" }, `${count(pattern.count)} ×`), h("span", { class: "pattern-text" }, name(pattern.lastMessage)))),
    ),
  );
}

/** What costs speed or answers, and what to change. */
export function performanceReport(report, { withModule = true } = {}) {
  if (report.findings.length === 0) {
    return empty(`${plural(report.modules, "module was", "modules were")} looked at: nothing to improve. Findings need some calls to be made first.`);
  }
  return h(
    "ul",
    { class: "findings", role: "list" },
    report.findings.map((finding) => {
      const [level, text] = severity(finding.severity);
      const address = webAddress(finding.documentation);
      return h(
        "li",
        { class: "finding", data: { level } },
        h(
          "div",
          { class: "finding-head" },
          h(
            withModule ? "h2" : "h3",
            {},
            withModule ? [finding.module ? h("a", { href: moduleLink(finding.module) }, name(finding.module)) : "All modules", ": "] : null,
            words(finding.rule),
          ),
          badge(level, text),
        ),
        h("p", {}, finding.measured),
        h("p", { class: "quiet" }, finding.why),
        h("p", { class: "change" }, h("strong", {}, "Change: "), finding.change),
        address ? h("p", {}, h("a", { href: address, rel: "noreferrer noopener", target: "_blank" }, `More about ${words(finding.rule)}`, h("span", { class: "visually-hidden" }, " (opens a new page)"))) : null,
      );
    }),
  );
}

import { post } from "../api.js";
import { byId, cell, h, line, rowHead, table } from "../dom.js";
import { panel } from "../panel.js";

panel("formats", {
  async check(signal) {
    const answer = await post("validation/formats", { body: byId("formats-text").value, signal });
    const checked = JSON.parse(answer.text);
    const fitting = checked.filter(({ verdict }) => verdict.valid).map(({ format }) => format);
    const rows = checked.map(({ format, verdict }) => h("tr", {},
      rowHead(format),
      cell(verdict.valid ? h("span", { class: "good" }, "yes") : "no"),
      line(verdict.valid ? "" : `at ${verdict.offset}: ${verdict.message}`)));
    return {
      answer,
      content: [
        h("p", { class: fitting.length ? "big good" : "big" }, fitting.length ? `Valid as ${fitting.join(", ")}.` : "None of these, and here is why."),
        table(["Format", "Valid", "What is wrong"], rows, true),
      ],
    };
  },
}, "check");

import { post } from "../api.js";
import { byId, h, line, rowHead, table } from "../dom.js";
import { panel } from "../panel.js";

panel("schema", {
  async check(signal) {
    const body = { schema: byId("schema-schema").value, document: byId("schema-document").value };
    const answer = await post("validation/schema", { body, signal });
    const { valid, violations, truncated } = JSON.parse(answer.text);
    if (valid) return { answer, content: [h("p", { class: "big good" }, "The document fits the schema.")] };
    const rows = violations.map((violation) => h("tr", {},
      rowHead(violation.instanceLocation || "the document"),
      line(violation.message),
      line(h("code", {}, violation.keywordLocation))));
    return {
      answer,
      content: [
        h("p", { class: "big bad" }, `${violations.length}${truncated ? " or more" : ""} ${violations.length === 1 ? "thing does" : "things do"} not fit.`),
        table(["Where", "What is wrong", "Says who"], rows, true),
      ],
    };
  },
}, "check");

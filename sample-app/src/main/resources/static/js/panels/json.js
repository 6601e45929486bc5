import { post } from "../api.js";
import { byId, h } from "../dom.js";
import { panel } from "../panel.js";

const text = () => byId("json-document").value;

async function rewritten(path, query, signal) {
  const answer = await post(`json/${path}`, { query, body: text(), signal });
  return { answer, content: [h("pre", { tabindex: "0" }, answer.text)] };
}

async function validate(signal) {
  const answer = await post("json/validate", { body: text(), signal });
  const { valid, line, column, message } = JSON.parse(answer.text);
  return {
    answer,
    content: [valid
      ? h("p", { class: "big good" }, "Valid JSON.")
      : h("p", { class: "error" }, `Line ${line}, column ${column}: ${message}.`)],
  };
}

panel("json", {
  format: (signal) => rewritten("format", { indent: byId("json-indent").value, sortKeys: byId("json-sort").checked }, signal),
  minify: (signal) => rewritten("minify", {}, signal),
  validate,
  query: (signal) => rewritten("query", { pointer: byId("json-pointer").value }, signal),
}, "format");

import { post, Problem } from "../api.js";
import { byId, h, marked } from "../dom.js";
import { panel } from "../panel.js";

panel("text", {
  async search(signal) {
    const text = byId("text-text").value;
    const needle = byId("text-needle").value;
    if (!needle) throw new Problem("Say what to find.");
    const answer = await post("strings/search", { query: { needle }, body: text, signal });
    const { count, positions } = JSON.parse(answer.text);
    return {
      answer,
      content: [
        h("p", { class: "big" }, count === 1 ? "Found once." : count ? `Found ${count.toLocaleString("en")} times.` : "Not found."),
        h("pre", { tabindex: "0" }, marked(text, positions.map((at) => [at, at + needle.length]))),
      ],
    };
  },
  async hash(signal) {
    const answer = await post("strings/hash", { body: byId("text-text").value, signal });
    const { algorithm, hash } = JSON.parse(answer.text);
    return { answer, content: [h("p", { class: "big mono" }, hash), h("p", { class: "empty" }, `${algorithm} of the text as UTF-8`)] };
  },
}, "search");

import { post } from "../api.js";
import { byId, h } from "../dom.js";
import { empty, panel } from "../panel.js";

/** Every second piece was found. */
const highlighted = (pieces) => pieces.map((piece, place) => (place % 2 ? h("mark", {}, piece) : piece));

const found = (documents, none) => (documents.length ? h("ol", { class: "found" }, documents) : empty(none));

panel("documents", {
  async search(signal) {
    const body = { documents: byId("documents-text").value, question: byId("documents-question").value };
    const answer = await post("documents/search", { body, signal });
    const { documents, near, words } = JSON.parse(answer.text);
    return {
      answer,
      content: [
        h("p", { class: "caption" }, `Nearest of ${documents === 1 ? "one document" : `${documents.toLocaleString("en")} documents`}, by vectors`),
        found(near.map(({ text, score }) => h("li", {}, h("span", { class: "score" }, score.toFixed(2)), text)), "Nothing is written like that."),
        h("p", { class: "caption" }, "By words, with SQLite's FTS5 (always WebAssembly)"),
        found(words.map((pieces) => h("li", {}, highlighted(pieces))), "No document has one of these words."),
      ],
    };
  },
}, "search");

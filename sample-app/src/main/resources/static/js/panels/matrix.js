import { post, Problem } from "../api.js";
import { byId, cell, h, number, rowHead, table, time } from "../dom.js";
import { panel } from "../panel.js";
import { meter } from "../plot.js";

function matrix(name) {
  return byId(`matrix-${name.toLowerCase()}`).value.trim().split("\n").map((line) => line.trim().split(/[\s,;]+/).map((text) => {
    const value = Number(text);
    if (text === "" || !Number.isFinite(value)) throw new Problem(`'${text}' in ${name} is no number.`);
    return value;
  }));
}

panel("matrix", {
  async multiply(signal) {
    const answer = await post("matrix/product", { body: { a: matrix("A"), b: matrix("B") }, signal });
    const { product } = JSON.parse(answer.text);
    const rows = product.map((row) => h("tr", {}, row.map((value) => h("td", {}, String(+Number(value).toPrecision(8))))));
    return { answer, content: [h("p", { class: "caption" }, "A · B"), h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "The product" }, h("table", { class: "numbers" }, h("tbody", {}, rows)))] };
  },
  async race(signal) {
    const size = byId("matrix-size").value;
    const answer = await post("matrix/race", { query: { size }, signal });
    const runs = JSON.parse(answer.text);
    const slowest = Math.max(...runs.map(({ millis }) => millis));
    const rows = runs.map(({ who, millis, gigaflops, same }) => h("tr", {},
      rowHead(who),
      number(time(millis)),
      h("td", { class: "roomy" }, meter(millis / slowest, `${time(millis)}`)),
      number(`${gigaflops.toFixed(2)} GFLOPS`),
      cell(same ? "same bits" : "differs!")));
    return { answer, content: [h("p", { class: "caption" }, `${size} × ${size} numbers of 32 bits; press again, the JVM gets quicker with each race`), table(["Who", { name: "Time", class: "number" }, { name: "", class: "roomy" }, { name: "Speed", class: "number" }, "Answer"], rows)] };
  },
}, "multiply");

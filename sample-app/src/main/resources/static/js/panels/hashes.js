import { post, Problem } from "../api.js";
import { byId, h, number, rowHead, table, time } from "../dom.js";
import { panel } from "../panel.js";

const USES = { CHECKSUM: "finds accidents", TABLES: "for tables, quick", BROKEN: "old, not for security", SECURITY: "for security" };

function data() {
  const file = byId("hashes-file").files[0];
  if (file && file.size > 16 << 20) throw new Problem("The file has more than 16 MB.");
  return file ?? byId("hashes-text").value;
}

panel("hashes", {
  async hash(signal) {
    const answer = await post("hashes", { body: data(), signal });
    const rows = JSON.parse(answer.text).map(({ algorithm, use, hex, millis, problem }) => h("tr", {},
      rowHead(algorithm, h("span", { class: "use" }, USES[use])),
      h("td", { class: problem ? "full" : "full hash" }, problem ?? hex),
      number(problem ? "–" : time(millis))));
    return { answer, content: [table(["Algorithm", "Hash", { name: "Time", class: "number" }], rows, true)] };
  },
}, "hash");

byId("hashes-text").addEventListener("input", () => { byId("hashes-file").value = ""; });

import { post, Problem } from "../api.js";
import { byId, bytes, h, number, rowHead, table, time } from "../dom.js";
import { panel } from "../panel.js";
import { meter } from "../plot.js";

const SIZE = 256 << 10;

/** The same one each time: made of a seed. */
function log() {
  const lines = [];
  let length = 0;
  let seed = 7;
  const next = (most) => (seed = (seed * 1103515245 + 12345) % 2147483648) % most;
  while (length < SIZE) {
    const line = `192.0.2.${next(250)} - - [30/Nov/2026:10:${String(next(60)).padStart(2, "0")}:${String(next(60)).padStart(2, "0")} +0000] "GET /api/orders/${next(100000)} HTTP/1.1" ${[200, 200, 200, 304, 404][next(5)]} ${next(9000)}\n`;
    lines.push(line);
    length += line.length;
  }
  return lines.join("").slice(0, SIZE);
}

function random() {
  const data = new Uint8Array(SIZE);
  for (let i = 0; i < SIZE; i += 65536) crypto.getRandomValues(data.subarray(i, i + 65536));
  return data;
}

function data() {
  switch (byId("compression-data").value) {
    case "log": return log();
    case "random": return random();
    case "file": {
      const file = byId("compression-file").files[0];
      if (!file) throw new Problem("Choose a file first.");
      if (file.size > 1 << 20) throw new Problem("The file has more than 1 MB.");
      return file;
    }
    default: return byId("compression-text").value;
  }
}

function showInput() {
  const kind = byId("compression-data").value;
  byId("compression-file-label").hidden = kind !== "file";
  byId("compression-own").hidden = kind !== "text";
}

byId("compression-data").addEventListener("change", showInput);
showInput();

function row(size, made) {
  if (made.problem) return h("tr", {}, rowHead(made.format), h("td", { colspan: "5" }, made.problem));
  const share = size ? made.size / size : 1;
  return h("tr", {},
    rowHead(made.format, h("span", { class: "use" }, `level ${made.level}`)),
    number(bytes(made.size)),
    h("td", { class: "roomy" }, meter(share, `${(share * 100).toFixed(0)} percent of the size`)),
    number(`${(share * 100).toFixed(1)} %`),
    number(time(made.compressMillis)),
    number(made.same ? time(made.decompressMillis) : "not the same!"));
}

panel("compression", {
  async compare(signal) {
    const answer = await post("compression/compare", { query: { effort: byId("compression-effort").value }, body: data(), signal });
    const { size, formats } = JSON.parse(answer.text);
    const done = formats.filter((made) => !made.problem);
    const best = done.reduce((a, b) => (b.size < a.size ? b : a), done[0]);
    const quickest = done.reduce((a, b) => (b.compressMillis < a.compressMillis ? b : a), done[0]);
    return {
      answer,
      content: [
        best ? h("p", { class: "big" }, `${bytes(size)} become ${bytes(best.size)} with ${best.format}; quickest is ${quickest.format}.`) : null,
        table(["Format", { name: "Size", class: "number" }, { name: "", class: "roomy" }, { name: "of it", class: "number" }, { name: "There", class: "number" }, { name: "Back", class: "number" }], formats.map((made) => row(size, made))),
      ].filter(Boolean),
    };
  },
}, "compare");

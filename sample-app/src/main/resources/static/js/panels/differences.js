import { post } from "../api.js";
import { byId, h } from "../dom.js";
import { panel } from "../panel.js";

/** Ranges are of bytes, and a character is not cut. */
function markedBytes(text, ranges) {
  const data = new TextEncoder().encode(text);
  const decoder = new TextDecoder();
  const forward = (at) => { while (at < data.length && (data[at] & 0xc0) === 0x80) at++; return at; };
  const back = (at) => { while (at > 0 && at < data.length && (data[at] & 0xc0) === 0x80) at--; return at; };
  const pieces = [];
  let at = 0;
  for (let i = 0; i < ranges.length; i += 2) {
    const from = Math.max(at, back(Math.min(ranges[i], data.length)));
    const to = Math.max(from, forward(Math.min(ranges[i + 1], data.length)));
    pieces.push(decoder.decode(data.subarray(at, from)));
    if (to > from) pieces.push(h("mark", {}, decoder.decode(data.subarray(from, to))));
    at = to;
  }
  pieces.push(decoder.decode(data.subarray(at)));
  return pieces;
}

panel("differences", {
  async compare(signal) {
    const before = byId("differences-before").value;
    const after = byId("differences-after").value;
    const answer = await post("memory/differences", { body: { before, after, gap: Number(byId("differences-gap").value) }, signal });
    const { ranges } = JSON.parse(answer.text);
    let changed = 0;
    for (let i = 0; i < ranges.length; i += 2) changed += ranges[i + 1] - ranges[i];
    return {
      answer,
      content: [
        h("p", { class: "big" }, ranges.length ? `${changed.toLocaleString("en")} ${changed === 1 ? "byte" : "bytes"} in ${ranges.length / 2 === 1 ? "one place" : `${ranges.length / 2} places`}.` : "No byte differs."),
        h("p", { class: "caption" }, "Before"),
        h("pre", { tabindex: "0" }, markedBytes(before, ranges)),
        h("p", { class: "caption" }, "After"),
        h("pre", { tabindex: "0" }, markedBytes(after, ranges)),
      ],
    };
  },
}, "compare");

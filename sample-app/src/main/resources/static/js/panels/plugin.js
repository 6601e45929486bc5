import { get, post, send } from "../api.js";
import { byId, bytes, cell, h, line, number, rowHead, table } from "../dom.js";
import { empty, panel } from "../panel.js";

const OUTCOMES = {
  ACTIVE: ["runs", "good"],
  CANARY: ["is tried", "good"],
  REPLACED: ["replaced", null],
  ROLLED_BACK: ["rolled back", "bad"],
  REFUSED: ["refused", "bad"],
};

function row(revision) {
  const [outcome, kind] = OUTCOMES[revision.outcome] ?? [revision.outcome, null];
  return h("tr", {},
    rowHead(revision.version),
    cell(h("span", { class: kind }, outcome)),
    number(bytes(revision.size)),
    line(revision.note ?? ""));
}

/** What is installed, and what it answers now. */
async function shown(installed, signal) {
  const { plugin, history } = JSON.parse(installed.text);
  const revisions = history.length ? table(["Version", "It", { name: "Size", class: "number" }, "Why"], history.map(row)) : null;
  if (!plugin) return { answer: null, content: [empty("No plug-in is installed. Begin with five percent off."), revisions].filter(Boolean) };
  const amount = byId("plugin-amount").value || "0";
  try {
    const answer = await get("plugin/price", { amount }, signal);
    const { price, version } = JSON.parse(answer.text);
    return { answer, content: [h("p", { class: "big" }, `${amount} become ${Number(price).toFixed(2)}, says ${version}.`), revisions].filter(Boolean) };
  } catch (refused) {
    if (refused.name === "AbortError") throw refused;
    return { answer: null, content: [h("p", { class: "big bad" }, `${plugin.version} breaks down.`), h("p", { class: "error" }, refused.message), h("p", { class: "empty" }, "Roll back: the revision that ran before is still there."), revisions].filter(Boolean) };
  }
}

const example = (name) => async (signal) => shown(await post(`plugin/examples/${name}`, { signal }), signal);

panel("plugin", {
  ask: async (signal) => shown(await get("plugin", {}, signal), signal),
  five: example("five"),
  ten: example("ten"),
  broken: example("broken"),
  rollback: async (signal) => shown(await post("plugin/rollback", { signal }), signal),
  remove: async (signal) => shown(await send("DELETE", "plugin", signal), signal),
  upload: async (signal) => {
    const file = byId("plugin-file").files[0];
    return shown(await post("plugin", { query: { version: byId("plugin-version").value }, body: file ?? "", signal }), signal);
  },
}, "ask");

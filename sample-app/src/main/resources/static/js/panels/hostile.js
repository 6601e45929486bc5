import { post } from "../api.js";
import { byId, bytes, h, time } from "../dom.js";
import { empty, panel } from "../panel.js";

const VERDICTS = {
  TIMEOUT: "Stopped at its deadline",
  TRAP: "Stopped by a trap",
  STACK_OVERFLOW: "Stopped at the end of its stack",
  MEMORY_LIMIT: "Stopped at its memory limit",
  QUARANTINED: "Not even asked: in quarantine",
  REJECTED: "Not let in",
};

function fact(name, value) {
  return [h("dt", {}, name), h("dd", {}, value)];
}

async function run(deed, signal) {
  const answer = await post(`hostile/${deed}`, { signal });
  const { stoppedBy, message, millis, cpuMillis, mostMemory, discarded, neighbours } = JSON.parse(answer.text);
  return {
    answer: null,
    content: [
      h("div", { class: "facts" }, h("span", { class: "badge stopped" }, stoppedBy ?? "ended"), h("span", {}, `after ${time(millis)}`)),
      h("p", { class: "big" }, `${stoppedBy ? VERDICTS[stoppedBy] ?? "Stopped" : "It came to an end"}.`),
      h("p", { class: "empty" }, `${message[0].toUpperCase()}${message.slice(1)}.`),
      h("dl", {},
        fact("It cost", `${time(cpuMillis)} of the processor; ${discarded === 1 ? "one instance was" : discarded ? `${discarded} instances were` : "no instance was"} thrown away`),
        fact("Memory", `never more than ${bytes(mostMemory)}`),
        fact("Meanwhile", `the module json answered ${neighbours.answered.toLocaleString("en")} of ${neighbours.asked.toLocaleString("en")} calls, the slowest in ${time(neighbours.slowestMillis)}`)),
      stoppedBy === "QUARANTINED" ? h("p", { class: "hint" }, "It failed ten times in a row. For some seconds nobody waits for it any more; then one call is let through.") : null,
    ].filter(Boolean),
  };
}

panel("hostile", Object.fromEntries(["loop", "memory", "recursion", "spying", "trap"].map((deed) => [deed, (signal) => run(deed, signal)])));
byId("hostile").querySelector(".answer").replaceChildren(empty("Nothing has happened yet. Press a button: nothing will."));

/** What all panels have in common: buttons that ask, and an answer that says who gave it. */
import { Problem } from "./api.js";
import { byId, h, time } from "./dom.js";
import { refreshModules } from "./modules.js";

const panels = new Map();
const visible = new Set();

const observer = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    const panel = panels.get(entry.target.id);
    if (entry.isIntersecting) {
      visible.add(panel);
      panel.begin();
    } else {
      visible.delete(panel);
    }
  }
}, { rootMargin: "100px" });

/**
 * @param id of the section
 * @param calls functions by the names of the buttons; each is given a signal and answers with
 *     {answer, content}: what the application said, and elements to show of it
 * @param first the call that is made when the panel is first seen, if any
 */
export function panel(id, calls, first = null) {
  const section = byId(id);
  const output = section.querySelector(".answer");
  let latest = null;
  let name = first;
  let begun = false;

  async function run(call, announce) {
    latest?.abort();
    const mine = new AbortController();
    latest = mine;
    name = call;
    output.setAttribute("aria-busy", "true");
    try {
      const { answer, content } = await calls[call](mine.signal);
      if (latest === mine) show(facts(answer), content, announce);
    } catch (failure) {
      if (latest === mine && failure.name !== "AbortError") show(facts(failure.cause), [h("p", { class: "error" }, messageOf(failure))], announce);
    } finally {
      if (latest === mine) output.removeAttribute("aria-busy");
    }
    refreshModules();
  }

  function show(facts, content, announce) {
    output.replaceChildren(...[facts, content].flat().filter(Boolean));
    if (announce) byId("status").textContent = `${section.querySelector("h2").textContent}: ${output.textContent.slice(0, 300)}`;
  }

  section.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter ?? section.querySelector("[type=submit]");
    if (button) run(button.dataset.call, true);
  });
  for (const button of section.querySelectorAll("button[type=button][data-call]")) {
    button.addEventListener("click", () => run(button.dataset.call, true));
  }

  const made = {
    run: (call) => { begun = true; return run(call, false); },
    again: () => { if (begun && first && name) run(name, false); },
    begin: () => { if (!begun && first) { begun = true; run(first, false); } },
  };
  panels.set(id, made);
  observer.observe(section);
  return made;
}

/** Asks anew what is in view: who answers has changed. */
export function repeatVisible() {
  visible.forEach((each) => each.again());
}

function messageOf(failure) {
  return failure instanceof Problem || failure instanceof RangeError ? failure.message : `The page has a fault: ${failure.message}`;
}

function facts(answer) {
  if (!answer?.source) return null;
  const wasm = answer.source === "WASM";
  return h("div", { class: "facts" },
    h("span", { class: `badge ${answer.source}` }, wasm ? "WebAssembly" : "Java"),
    answer.millis === null ? null : h("span", {}, `${time(answer.millis)} in the ${wasm ? "module" : "JVM"}`),
    h("span", {}, `${time(answer.total)} with the network`));
}

export const empty = (text) => h("p", { class: "empty" }, text);

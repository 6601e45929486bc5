"use strict";

const byId = (id) => document.getElementById(id);
const mode = () => document.querySelector("input[name=mode]:checked").value;

function post(path, parameters, body) {
  const query = new URLSearchParams({ ...parameters, mode: mode() });
  return fetch(`api/${path}?${query}`, { method: "POST", body, headers: { "Content-Type": "text/plain;charset=UTF-8" } });
}

const calls = {
  format: () => post("json/format", { indent: byId("indent").value, sortKeys: byId("sort").checked }, byId("document").value),
  minify: () => post("json/minify", {}, byId("document").value),
  validate: () => post("json/validate", {}, byId("document").value),
  query: () => post("json/query", { pointer: byId("pointer").value }, byId("document").value),
  search: () => post("strings/search", { needle: byId("needle").value }, byId("text").value),
  hash: () => post("strings/hash", {}, byId("text").value),
  greet: () => fetch("api/greeter?" + new URLSearchParams({ name: byId("name").value, fail: byId("fail").checked, mode: mode() })),
};

const outputs = { search: "strings-out", hash: "strings-out", greet: "greeter-out" };

async function run(name) {
  const output = byId(outputs[name] ?? "json-out");
  const start = performance.now();
  try {
    const response = await calls[name]();
    const text = await response.text();
    show(output, response, name, text, performance.now() - start);
  } catch (failure) {
    output.replaceChildren(element("pre", "error", `The application does not answer: ${failure.message}`));
  }
  await refreshModules();
}

function show(output, response, name, text, millis) {
  const source = response.headers.get("X-Wasm-Source") ?? "?";
  const badge = element("span", `badge ${source}`, source === "WASM" ? "answered by WebAssembly" : "answered by Java");
  const time = element("span", "time", `${millis.toFixed(1)} ms with the network`);
  let shown = text;
  if (!response.ok) {
    shown = JSON.parse(text).detail ?? text;
  } else if (name === "greet") {
    shown = JSON.parse(text).greeting;
  }
  output.replaceChildren(badge, time, element("pre", response.ok ? "" : "error", shown));
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

async function refreshModules() {
  const response = await fetch("actuator/wasm");
  if (!response.ok) return;
  const { modules } = await response.json();
  byId("modules").replaceChildren(...modules.map((module) => {
    const row = document.createElement("tr");
    const errors = Object.entries(module.errors ?? {}).map(([category, count]) => `${category} ${count}`).join(", ");
    const cells = [
      `${module.id} ${module.version}`, module.state, module.engine ?? "", `${module.pool.inUse + module.pool.idle} of ${module.pool.max}`,
      module.calls.total, module.calls.wasm, module.calls.fallback + module.calls.java, module.calls.failed, errors,
    ];
    row.append(...cells.map((cell) => element("td", "", String(cell))));
    return row;
  }));
}

document.querySelectorAll("button[data-call]").forEach((button) => button.addEventListener("click", () => run(button.dataset.call)));
refreshModules();

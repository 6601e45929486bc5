/** The table of all modules, as the actuator tells it. */
import { byId, cell, h, number, rowHead } from "./dom.js";

let waiting = null;

/** Soon, and once for many calls. */
export function refreshModules() {
  waiting ??= setTimeout(async () => {
    waiting = null;
    try {
      const response = await fetch("actuator/wasm");
      if (response.ok) show((await response.json()).modules);
    } catch {
      // The panel that asked says so already.
    }
  }, 300);
}

function show(modules) {
  byId("module-rows").replaceChildren(...modules.map((module) => {
    const { pool, calls } = module;
    const errors = Object.entries(module.errors ?? {}).map(([category, count]) => `${category} ${count}`).join(", ");
    return h("tr", {},
      rowHead(`${module.id} ${module.version}`),
      cell(module.state.toLowerCase()),
      cell(module.engine ?? "–"),
      number(pool.max ? `${pool.inUse + pool.idle} of ${pool.max}` : "–"),
      number(calls.total.toLocaleString("en")),
      number(calls.wasm.toLocaleString("en")),
      number((calls.fallback + calls.java).toLocaleString("en")),
      number(calls.failed.toLocaleString("en")),
      cell(errors || "–"));
  }));
}

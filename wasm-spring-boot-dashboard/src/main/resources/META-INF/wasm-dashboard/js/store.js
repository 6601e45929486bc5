import { words } from "./format.js";

const SECONDS_KEPT = 300;
const EVENTS_KEPT = 200;
const GAP_MILLIS = 3_500;

export const keyOf = (module) => `${module.id}@${module.version}`;

/** Rates of the last minutes, one point for each figure that arrived; null where nothing is known. */
class History {
  constructor() {
    this.at = [];
    this.lines = { wasm: [], java: [], failed: [], p50: [], p99: [] };
    this.last = null;
  }

  add(at, calls) {
    const last = this.last;
    this.last = { at, calls };
    const gap = last !== null && at - last.at > GAP_MILLIS;
    if (gap) this.#push(last.at + 1000, {});
    const seconds = last === null || gap ? null : (at - last.at) / 1000;
    const rate = (before, now) => (seconds && seconds > 0 && now >= before ? (now - before) / seconds : null);
    this.#push(at, {
      wasm: seconds ? rate(last.calls.wasm, calls.wasm) : null,
      java: seconds ? rate(last.calls.fallback + last.calls.java, calls.fallback + calls.java) : null,
      failed: seconds ? rate(last.calls.failed, calls.failed) : null,
      p50: calls.lastMinute?.p50Nanos ?? null,
      p99: calls.lastMinute?.p99Nanos ?? null,
    });
  }

  #push(at, values) {
    this.at.push(at / 1000);
    for (const [line, points] of Object.entries(this.lines)) points.push(values[line] ?? null);
    if (this.at.length > SECONDS_KEPT) {
      this.at.shift();
      for (const points of Object.values(this.lines)) points.shift();
    }
  }

  /** All calls of each of the last `seconds` points. */
  calls(seconds) {
    const { wasm, java, failed } = this.lines;
    const from = Math.max(0, wasm.length - seconds);
    return wasm.slice(from).map((value, i) =>
      value === null ? null : value + (java[from + i] ?? 0) + (failed[from + i] ?? 0),
    );
  }
}

/** What the server has said so far. Views are told once per frame that something is new. */
export class Store {
  #listeners = new Set();
  #changed = new Set();
  #frame = false;

  constructor() {
    this.session = null;
    this.overview = null;
    this.modules = [];
    this.figures = null;
    this.events = [];
    this.progress = new Map();
    this.sections = new Map();
    this.connection = { state: "connecting", since: Date.now() };
    this.total = new History();
    this.byModule = new Map();
  }

  /** The listener gets the names of what has changed: modules, figures, events, progress, sections, session, connection. */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  changed(...names) {
    for (const each of names) this.#changed.add(each);
    if (this.#frame) return;
    this.#frame = true;
    requestAnimationFrame(() => {
      this.#frame = false;
      const changed = this.#changed;
      this.#changed = new Set();
      for (const listener of [...this.#listeners]) listener(changed);
    });
  }

  apply(kind, data) {
    switch (kind) {
      case "snapshot":
        this.#modules(data);
        this.events = data.events ?? [];
        this.progress = new Map((data.progress ?? []).map((each) => [each.id, each]));
        this.sections = new Map((data.sections ?? []).map((each) => [each.id, each]));
        if (data.figures) this.#figures(data.figures);
        this.changed("modules", "figures", "events", "progress", "sections");
        break;
      case "figures":
        this.#figures(data);
        this.changed("figures");
        break;
      case "modules":
        this.#modules(data);
        this.changed("modules");
        break;
      case "event":
        this.events = [data, ...this.events.filter((each) => each.seq !== data.seq)].slice(0, EVENTS_KEPT);
        this.changed("events");
        break;
      case "progress":
        this.progress.set(data.id, data);
        this.changed("progress");
        break;
      case "section":
        this.sections.set(data.id, data);
        this.changed("sections");
        break;
    }
  }

  #modules(data) {
    this.overview = data.overview;
    this.modules = data.modules;
  }

  #figures(figures) {
    this.figures = figures;
    this.total.add(figures.at, figures.total);
    for (const [key, module] of Object.entries(figures.modules)) {
      let history = this.byModule.get(key);
      if (!history) {
        history = new History();
        this.byModule.set(key, history);
      }
      history.add(figures.at, module.calls);
    }
    for (const key of this.byModule.keys()) {
      if (!(key in figures.modules)) this.byModule.delete(key);
    }
  }

  connect(state) {
    if (this.connection.state === state) return;
    const wasLive = this.connection.state === "live";
    const since = wasLive || state === "live" ? Date.now() : this.connection.since;
    this.connection = { state, since };
    this.changed("connection");
  }

  module(id, version = null) {
    const versions = this.modules.filter((each) => each.id === id);
    return version === null
      ? (versions.find((each) => each.isDefault) ?? versions[0] ?? null)
      : (versions.find((each) => each.version === version) ?? null);
  }

  /** Sections in their order. */
  sectionList() {
    return [...this.sections.values()].sort((a, b) => (a.order ?? 100) - (b.order ?? 100));
  }

  /** What a person should look at, worst first: `{text, module, level}`. */
  troubles() {
    const troubles = [];
    for (const module of this.modules) {
      if (module.state === "FAILED") {
        troubles.push({ level: "bad", module, text: `could not be loaded${module.failure ? `: ${module.failure}` : "."}` });
      }
      for (const each of module.quarantined ?? []) {
        troubles.push({
          level: "warn",
          module,
          text: `${each.operation} is in quarantine after ${each.failures} failures in a row (${words(each.category)}): ${each.message}`,
        });
      }
      if (module.tier?.state === "FAILED") {
        troubles.push({ level: "warn", module, text: `could not be compiled: ${module.tier.reason}` });
      }
    }
    const memory = this.figures?.memory;
    if (memory && memory.budgetBytes > 0 && memory.usedBytes / memory.budgetBytes >= 0.9) {
      troubles.push({ level: "warn", module: null, text: "Instances use more than 90 % of the memory budget (wasm.memory.budget)." });
    }
    const problem = this.figures?.cache?.disk?.problem;
    if (problem) {
      troubles.push({ level: "warn", module: null, text: `Compiled code can't be kept on disk: ${problem}` });
    }
    const order = { bad: 0, warn: 1 };
    return troubles.sort((a, b) => order[a.level] - order[b.level]);
  }
}

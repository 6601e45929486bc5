import { LineChart } from "./charts.js";
import { h } from "./dom.js";
import { count, nanos, perSecond, plural, share } from "./format.js";
import { Tile } from "./parts.js";

/** What the calls of a module, or of all, come to: tiles for the last minute, and two charts. */
export class CallFigures {
  /** @param memory what the tile of the memory is called */
  constructor(memory) {
    this.calls = new Tile("Calls a second");
    this.p50 = new Tile("Half answered within");
    this.p99 = new Tile("99 % answered within");
    this.wasm = new Tile("Answered by Wasm");
    this.failed = new Tile("Failed");
    this.memory = new Tile(memory);
    this.rates = new LineChart({
      title: "Calls a second",
      format: perSecond,
      least: 1,
      lines: [
        { line: "wasm", label: "Wasm", colour: "--wasm", swatch: "wasm" },
        { line: "java", label: "Java", colour: "--java", swatch: "java", dash: [6, 4] },
        { line: "failed", label: "Failed", colour: "--bad", swatch: "failed", dash: [2, 3] },
      ],
    });
    this.times = new LineChart({
      title: "Time of a call",
      format: nanos,
      least: 1000,
      lines: [
        { line: "p50", label: "Half within", colour: "--wasm", swatch: "wasm" },
        { line: "p99", label: "99 % within", colour: "--java", swatch: "java", dash: [6, 4] },
      ],
    });
    const tiles = [this.calls, this.p50, this.p99, this.wasm, this.failed, this.memory];
    this.tiles = h("section", { "aria-label": "Figures of the last minute" }, h("ul", { class: "tiles", role: "list" }, tiles.map((each) => each.element)));
    this.charts = h("div", { class: "two" }, this.rates.element, this.times.element);
  }

  /** @param history what the charts show; the tile of the memory is for the caller to update */
  update(calls, history) {
    const minute = calls.lastMinute;
    const window = minute ? `last ${plural(minute.seconds, "second", "seconds")}` : "no call yet";
    this.calls.update(perSecond(calls.perSecond), `${count(calls.total)} since the start`);
    this.p50.update(nanos(minute?.p50Nanos), window);
    this.p99.update(nanos(minute?.p99Nanos), minute?.maxNanos ? `longest ${nanos(minute.maxNanos)}` : window);
    this.wasm.update(share(minute?.wasmShare), `Java in place of it: ${count(calls.fallback)}`);
    this.failed.update(count(minute?.failed), `${count(calls.failed)} since the start`, minute?.failed > 0 ? "bad" : null);
    this.rates.update(history);
    this.times.update(history);
  }

  close() {
    this.rates.close();
    this.times.close();
  }
}

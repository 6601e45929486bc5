import { post } from "../api.js";
import { byId, h } from "../dom.js";
import { panel } from "../panel.js";
import { line, stems } from "../plot.js";

const SAMPLES = 512;
const SHOWN = 128;
const NAMES = ["f1", "f2", "f3", "noise"];

const value = (name) => Number(byId(`spectrum-${name}`).value);

function samples() {
  const tones = NAMES.slice(0, 3).map(value);
  const noise = value("noise") / 50;
  return Array.from({ length: SAMPLES }, (_, i) => {
    const sum = tones.reduce((all, tone, nth) => all + Math.sin((2 * Math.PI * tone * i) / SAMPLES) / (nth + 1), 0);
    return sum + noise * (Math.random() - 0.5);
  });
}

/** The three largest that are no neighbours of a larger one. */
function peaks(amplitudes) {
  const highest = Math.max(...amplitudes);
  return amplitudes
    .map((_, i) => i)
    .filter((i) => i > 0 && amplitudes[i] > 0.15 * highest && amplitudes[i] >= (amplitudes[i - 1] ?? 0) && amplitudes[i] >= (amplitudes[i + 1] ?? 0))
    .sort((a, b) => amplitudes[b] - amplitudes[a])
    .slice(0, 3);
}

const spectrum = panel("spectrum", {
  async transform(signal) {
    const signals = samples();
    const answer = await post("compute/spectrum", { body: { samples: signals }, signal });
    const { amplitudes, statistics } = JSON.parse(answer.text);
    const shown = amplitudes.slice(0, SHOWN);
    const found = peaks(shown);
    const names = found.toSorted((a, b) => a - b).join(", ");
    return {
      answer,
      content: [
        h("p", { class: "caption" }, `The signal: ${SAMPLES} samples, mean ${statistics.mean.toFixed(3)}, standard deviation ${Math.sqrt(statistics.variance).toFixed(3)}`),
        line(signals, "The signal over time"),
        h("p", { class: "caption" }, "Its spectrum: how much there is of each frequency"),
        stems(shown, found, `The spectrum. Its highest peaks are at ${names}`),
      ],
    };
  },
}, "transform");

for (const name of NAMES) {
  byId(`spectrum-${name}`).addEventListener("input", (event) => {
    event.target.nextElementSibling.value = event.target.value;
    spectrum.run("transform");
  });
}

import { post } from "../api.js";
import { byId, h } from "../dom.js";
import { panel } from "../panel.js";
import { scatter } from "../plot.js";

let points = [];

function normal() {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
}

function newPoints() {
  const count = Math.min(2000, Math.max(10, Number(byId("clusters-points").value) || 240));
  const centres = Array.from({ length: 4 }, () => [0.15 + 0.7 * Math.random(), 0.15 + 0.7 * Math.random()]);
  const inside = (value) => Math.min(0.98, Math.max(0.02, value));
  points = Array.from({ length: count }, (_, i) => centres[i % 4].map((at) => inside(at + 0.07 * normal()))).flat();
}

const clusters = panel("clusters", {
  async cluster(signal) {
    if (points.length === 0) newPoints();
    const body = { points, clusters: Number(byId("clusters-k").value), seed: 42 };
    const answer = await post("compute/clusters", { body, signal });
    const { centroids, nearest } = JSON.parse(answer.text);
    const picture = scatter(points, nearest, centroids, `${points.length / 2} points in ${centroids.length / 2} clusters`);
    picture.addEventListener("click", (event) => {
      const box = picture.getBoundingClientRect();
      points = [...points, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
      clusters.run("cluster");
    });
    const sizes = Array.from({ length: centroids.length / 2 }, (_, i) => nearest.filter((each) => each === i).length);
    return { answer, content: [picture, h("p", { class: "caption" }, `${points.length / 2} points; in the clusters ${sizes.sort((a, b) => b - a).join(", ")}`)] };
  },
  scatter(signal) {
    newPoints();
    return this.cluster(signal);
  },
}, "cluster");

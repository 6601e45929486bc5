import { get } from "../api.js";
import { byId, h } from "../dom.js";
import { panel } from "../panel.js";

panel("greeter", {
  async greet(signal) {
    const fail = byId("greeter-fail").checked;
    const answer = await get("greeter", { name: byId("greeter-name").value, fail }, signal);
    return {
      answer,
      content: [
        h("p", { class: "big" }, JSON.parse(answer.text).greeting),
        fail && answer.source === "FALLBACK" ? h("p", { class: "empty" }, "The module panicked. Its instance was thrown away, and its Java method answered in its place.") : null,
      ].filter(Boolean),
    };
  },
}, "greet");

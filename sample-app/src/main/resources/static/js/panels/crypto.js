import { post } from "../api.js";
import { byId, h } from "../dom.js";
import { panel } from "../panel.js";

const input = () => ({ key: byId("crypto-key").value, text: byId("crypto-text").value, label: byId("crypto-label").value });

/** One bit of the middle byte. */
function tampered(hex) {
  const at = Math.floor(hex.length / 4) * 2;
  const byte = parseInt(hex.slice(at, at + 2), 16) ^ 1;
  return hex.slice(0, at) + byte.toString(16).padStart(2, "0") + hex.slice(at + 2);
}

function facts(...pairs) {
  return h("dl", {}, pairs.flatMap(([name, ...value]) => [h("dt", {}, name), h("dd", {}, ...value)]));
}

const mono = (text) => h("code", {}, text);

panel("crypto", {
  async seal(signal) {
    const { key, text, label } = input();
    const answer = await post("crypto/seal", { body: { key, text, label }, signal });
    const { nonce, sealed } = JSON.parse(answer.text);
    const arrived = byId("crypto-tamper").checked ? tampered(sealed) : sealed;
    const sent = [["Nonce", mono(nonce)], ["Sealed", mono(sealed)]];
    if (arrived !== sealed) sent.push(["Arrived", mono(arrived)]);
    try {
      const opened = JSON.parse((await post("crypto/open", { body: { key, nonce, sealed: arrived, label }, signal })).text).text;
      return { answer, content: [h("p", { class: "big good" }, `Opened: ${opened}`), facts(...sent)] };
    } catch (refused) {
      if (refused.name === "AbortError") throw refused;
      return { answer, content: [h("p", { class: "big bad" }, "Not opened."), h("p", { class: "error" }, refused.message), facts(...sent)] };
    }
  },
  async sign(signal) {
    const answer = await post("crypto/hmac", { body: input(), signal });
    return { answer, content: [facts(["HMAC-SHA-256", mono(JSON.parse(answer.text).hmac)])] };
  },
}, "seal");

byId("crypto-new-key").addEventListener("click", () => {
  const key = crypto.getRandomValues(new Uint8Array(32));
  byId("crypto-key").value = [...key].map((byte) => byte.toString(16).padStart(2, "0")).join("");
});

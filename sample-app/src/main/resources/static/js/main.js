/** The page: one file for each panel. */
import "./panels/json.js";
import "./panels/schema.js";
import "./panels/formats.js";
import "./panels/compression.js";
import "./panels/hashes.js";
import "./panels/crypto.js";
import "./panels/text.js";
import "./panels/differences.js";
import "./panels/documents.js";
import "./panels/spectrum.js";
import "./panels/clusters.js";
import "./panels/matrix.js";
import "./panels/greeter.js";
import "./panels/plugin.js";
import "./panels/hostile.js";
import { refreshModules } from "./modules.js";
import { repeatVisible } from "./panel.js";

for (const choice of document.querySelectorAll("input[name=mode]")) {
  choice.addEventListener("change", repeatVisible);
}

/** Where one is. */
const links = new Map([...document.querySelectorAll("nav a")].map((link) => [link.hash.slice(1), link]));
const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    links.forEach((link) => link.removeAttribute("aria-current"));
    links.get(entry.target.id)?.setAttribute("aria-current", "location");
  }
}, { rootMargin: "-20% 0px -70% 0px" });
document.querySelectorAll("main > section").forEach((section) => seen.observe(section));

refreshModules();

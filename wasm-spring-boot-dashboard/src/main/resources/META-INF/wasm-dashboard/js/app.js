import { openSession } from "./api.js";
import { announce, fill, h, name, setAttribute, setText } from "./dom.js";
import { time } from "./format.js";
import { live } from "./live.js";
import { Store } from "./store.js";
import { Tray } from "./tray.js";
import { Events } from "./views/events.js";
import { Module } from "./views/module.js";
import { Overview } from "./views/overview.js";
import { Profile } from "./views/profile.js";
import { Errors, Performance } from "./views/report.js";

const store = new Store();
const tray = new Tray(store);
const main = document.getElementById("main");

const context = {
  store,
  /** Tells what became of an action, by the answer of the server. */
  done: (answer) => tray.note(answer.progress ?? null, answer.message, answer.state === "running" ? "running" : "done"),
};

const PAGES = { "": Overview, errors: Errors, performance: Performance, profile: Profile, events: Events };

let view = null;

function viewOf(hash) {
  const path = hash.replace(/^#\/?/, "");
  if (path.startsWith("modules/")) {
    const [id, version] = path.slice("modules/".length).split("@").map(decodeURIComponent);
    return new Module(context, { id, version: version ?? null });
  }
  return new (PAGES[path] ?? Overview)(context);
}

function show(first) {
  view?.close();
  try {
    view = viewOf(location.hash);
  } catch (failure) {
    if (!(failure instanceof URIError)) throw failure;
    view = new Overview(context);
  }
  main.replaceChildren(view.element);
  for (const link of document.querySelectorAll("#pages a")) {
    setAttribute(link, "aria-current", link.getAttribute("href") === (location.hash || "#/") ? "page" : null);
  }
  showCurrentPage();
  // A view that draws into its place needs to have one.
  view.update(new Set(["modules", "figures", "events", "sections", "session"]));
  title();
  if (!first) {
    scrollTo(0, 0);
    view.element.querySelector("h1")?.focus({ preventScroll: true });
  }
}

/** By the list itself: an element that is told to scroll into view is where Chromium's next Tab begins. */
function showCurrentPage() {
  const current = document.querySelector("#pages [aria-current]");
  if (!current) return;
  const list = current.closest("ul");
  const shown = list.getBoundingClientRect();
  const { left, right } = current.getBoundingClientRect();
  list.scrollLeft += Math.min(0, left - shown.left) + Math.max(0, right - shown.right);
}

function title() {
  const state = store.overview?.state;
  const mark = store.connection.state === "lost" ? "(disconnected) " : state === "bad" ? "✖ " : state === "attention" ? "▲ " : "";
  const application = store.session?.application;
  document.title = `${mark}${view.title} – Wasm${application ? ` in ${application}` : ""}`;
}

const CONNECTIONS = {
  connecting: () => "Connecting …",
  live: () => "Live",
  lost: (since) => `Disconnected since ${time(since)}`,
  full: (since) => `Too many dashboards are open; not live since ${time(since)}`,
  paused: (since) => `Paused since ${time(since)}`,
  session: () => "Signed out: load this page again",
};

function connection() {
  const { state, since } = store.connection;
  const text = CONNECTIONS[state](since);
  setAttribute(document.getElementById("connection"), "data-state", state);
  setText(document.getElementById("connection-text"), text);
  document.getElementById("connection-retry").hidden = state !== "lost" && state !== "full";
  document.body.classList.toggle("stale", state === "lost" || state === "full" || state === "session");
  if (state !== "connecting") announce(text);
}

async function session(first) {
  try {
    store.session = await openSession();
  } catch (failure) {
    // Later on, what is shown is worth more than the reason: the stream tells that it is gone.
    if (!first) return false;
    fill(main, h("h1", { tabindex: "-1" }, "Wasm dashboard"), h("p", { class: "problem", role: "alert" }, failure.message));
    return false;
  }
  fill(document.getElementById("application"), store.session.application ?? "");
  const { principal, readOnly } = store.session;
  fill(document.getElementById("who"), principal ? name(principal) : "", readOnly ? h("span", { class: "mark" }, "read-only") : null);
  store.changed("session");
  return true;
}

document.getElementById("skip").addEventListener("click", (event) => {
  // The address after # tells the page, and is not to be replaced by that of an element.
  event.preventDefault();
  main.focus();
});
addEventListener("hashchange", () => show(false));

store.subscribe((changed) => {
  if (changed.has("connection")) connection();
  view?.update(changed);
  if (changed.has("modules") || changed.has("connection") || changed.has("session")) title();
});

show(true);
if (await session(true)) {
  const stream = live(
    (kind, data) => store.apply(kind, data),
    (state) => {
      // An application that was restarted has another token, and may allow something else.
      if (state === "live" && !["live", "connecting"].includes(store.connection.state)) session(false);
      store.connect(state);
    },
  );
  document.getElementById("connection-retry").addEventListener("click", () => stream.retry());
}

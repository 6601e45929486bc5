import { Refusal, post, upload } from "./api.js";
import { bytes, shortDigest } from "./format.js";
import { h, name, setText } from "./dom.js";
import { button, code, facts, field } from "./parts.js";

let number = 0;

/**
 * Asks before something is done, and stays open with the reason if it could not be.
 *
 * @param perform does it and gives the answer of the server; it gets a signal that the person has given up
 * @param done is called with that answer after the dialog has closed
 */
export function confirm({ title, body, label, danger = false, perform, done, abortable = false }) {
  const id = `dialog-${++number}`;
  const opener = document.activeElement;
  const problem = h("p", { class: "problem", role: "alert", hidden: true });
  const act = h("button", { type: "submit", class: danger ? "danger" : "primary" }, label);
  const cancel = button("Cancel", () => dialog.close(), { class: "quiet-button" });
  const working = h("progress", { class: "dialog-progress", "aria-label": "Working" });
  working.style.visibility = "hidden";
  let aborter = null;

  const form = h(
    "form",
    {
      method: "dialog",
      on: {
        submit: async (event) => {
          event.preventDefault();
          if (aborter) return;
          aborter = new AbortController();
          problem.hidden = true;
          act.disabled = true;
          cancel.disabled = !abortable;
          working.style.visibility = "visible";
          working.removeAttribute("value");
          try {
            const answer = await perform({ signal: aborter.signal, sent: (part) => (working.value = part) });
            aborter = null;
            dialog.close();
            done?.(answer);
          } catch (failure) {
            aborter = null;
            act.disabled = false;
            cancel.disabled = false;
            working.style.visibility = "hidden";
            if (failure.name === "AbortError") return;
            problem.hidden = false;
            setText(problem, explained(failure));
            setText(act, "Try again");
          }
        },
      },
    },
    h("h2", { id: `${id}-title` }, title),
    h("div", { class: "dialog-body" }, body),
    problem,
    working,
    h("div", { class: "dialog-buttons" }, cancel, act),
  );
  const dialog = h("dialog", { "aria-labelledby": `${id}-title`, class: danger ? "dangerous" : null }, form);
  dialog.addEventListener("cancel", (event) => {
    // What has been sent can't be taken back: its outcome is worth waiting for.
    if (aborter && !abortable) event.preventDefault();
  });
  dialog.addEventListener("close", () => {
    aborter?.abort();
    dialog.remove();
    if (opener?.isConnected) {
      opener.focus();
    } else {
      document.getElementById("main").focus();
    }
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

function explained(failure) {
  if (!(failure instanceof Refusal)) return `This page has made a mistake: ${failure.message}. Load it again.`;
  const further = {
    changed: "Close this, look at it as it is now, and decide again.",
    busy: "Too much is being done at the moment: wait for it to end and try again.",
    read_only: "This dashboard only shows; wasm.dashboard.read-only says so.",
  }[failure.code];
  return further ? `${failure.message} ${further}` : failure.message;
}

/** Why nothing can be done here, or null. */
export function whyNot(session) {
  if (!session) return "The application has not answered yet.";
  if (session.readOnly) return session.readOnlyReason ?? "This dashboard only shows.";
  return session.mayAct ? null : (session.mayNotActReason ?? "You may look, but not act.");
}

/** Asks for an action of a module. */
export function confirmModuleAction(action, module, done) {
  confirm({
    title: [`${action.title} `, name(module.id), ` ${module.version}?`],
    body: [
      h("p", {}, action.description),
      action.danger ? h("p", { class: "warning" }, "Callers notice this.") : null,
      facts(["Module", name(module.id)], ["Version", name(module.version)], ["Digest", module.digest ? code(shortDigest(module.digest)) : "not loaded"]),
    ],
    label: action.title,
    danger: action.danger,
    perform: () =>
      post(`api/modules/${encodeURIComponent(module.id)}/actions/${encodeURIComponent(action.id)}`, {
        version: module.version,
        confirm: module.id,
        seen: module.digest ?? null,
      }),
    done,
  });
}

/** Asks for an action of a row of a section. */
export function confirmSectionAction(section, action, key, done) {
  confirm({
    title: [`${action.title} `, name(key), "?"],
    body: [h("p", {}, action.description ?? ""), action.danger ? h("p", { class: "warning" }, "Callers notice this.") : null],
    label: action.title,
    danger: action.danger,
    perform: () =>
      post(`api/sections/${encodeURIComponent(section.id)}/actions/${encodeURIComponent(action.id)}`, { key, confirm: key }),
    done,
  });
}

export function confirmCancelTask(task, done) {
  confirm({
    title: "Cancel this task?",
    body: [h("p", {}, "Its caller gets an error, and the module stops working on it."), facts(["Module", name(task.module)], ["Operation", name(task.operation)])],
    label: "Cancel the task",
    danger: true,
    perform: () => post(`api/tasks/${encodeURIComponent(task.module)}/${encodeURIComponent(task.id)}/cancel`, { confirm: task.module }),
    done,
  });
}

export function confirmClearErrors(done) {
  confirm({
    title: "Clear the error report?",
    body: [h("p", {}, "All figures and messages of failures are forgotten, for everybody, and counting begins anew. Logs and meters keep theirs.")],
    label: "Clear",
    danger: true,
    perform: () => post("api/errors/clear", { confirm: "errors" }),
    done,
  });
}

/**
 * Asks what to profile, and for how long.
 *
 * @param done is called with the answer and the seconds
 */
export function startProfile(modules, limits, chosen, done) {
  const select = h(
    "select",
    {},
    h("option", { value: "" }, "All modules"),
    modules.map((id) => h("option", { value: id, selected: id === chosen }, id)),
  );
  const seconds = h("input", { type: "number", min: "1", max: limits?.profileMaxSeconds ?? 600, value: "30", required: true });
  const rate = h("input", { type: "number", min: "1", max: limits?.profileMaxRate ?? 1000, value: "100", required: true });
  confirm({
    title: "Start a profile",
    body: [
      h("p", {}, "Looks at what is running many times a second. Calls go on; each look costs them some microseconds."),
      field("profile-module", "Module", select),
      field("profile-seconds", "Seconds", seconds),
      field("profile-rate", "Looks per second", rate, "100 is a good start. What runs for less than a look is seen by chance."),
    ],
    label: "Start",
    perform: () =>
      post("api/profile/start", {
        confirm: "profile",
        module: select.value === "" ? null : select.value,
        rate: Number(rate.value),
        seconds: Number(seconds.value),
      }),
    done: (answer) => done(answer, Number(seconds.value)),
  });
}

export function confirmStopProfile(done) {
  confirm({
    title: "Stop the profile?",
    body: [h("p", {}, "What it has seen so far is kept and shown.")],
    label: "Stop",
    perform: () => post("api/profile/stop", { confirm: "profile" }),
    done,
  });
}

export function confirmPluginAction(action, plugin, revision, done) {
  const titles = {
    "roll-back": ["Roll back", "The version before answers again. Calls under way end on the version that they began with."],
    enable: ["Enable", "The plug-in is loaded and can be called."],
    disable: ["Disable", "Calls of the plug-in fail, or Java answers where it has a fallback, until it is enabled again."],
    remove: ["Remove", "The plug-in, its history and its files are deleted. Calls of it fail from then on."],
  };
  const [title, text] = titles[action];
  const danger = action === "remove" || action === "disable";
  confirm({
    title: [`${title} `, name(plugin.id), revision === null ? "?" : ` to revision ${revision}?`],
    body: [
      h("p", {}, text),
      danger ? h("p", { class: "warning" }, action === "remove" ? "This can't be undone." : "Callers notice this.") : null,
      facts(["Runs now", name(plugin.version)], ["Revision", String(plugin.revision)], ["Digest", code(shortDigest(plugin.digest))]),
    ],
    label: title,
    danger,
    perform: () => post(`api/plugins/${encodeURIComponent(plugin.id)}/actions/${action}`, { confirm: plugin.id, revision }),
    done,
  });
}

/** Asks for the file of a plug-in, to install it or to replace what is installed. */
export function uploadPlugin(plugin, limits, done) {
  const id = h("input", {
    type: "text",
    required: true,
    value: plugin?.id ?? "",
    readonly: plugin !== null,
    autocomplete: "off",
    spellcheck: "false",
  });
  const file = h("input", { type: "file", required: true, accept: ".wasm,.gz,.zst,.br,application/wasm" });
  const signature = h("input", { type: "file", accept: ".minisig,.sig,.json,text/plain,application/json" });
  const chosen = h("p", { class: "quiet chosen" }, " ");
  file.addEventListener("change", () => {
    const picked = file.files[0];
    if (!picked) return;
    const tooLarge = limits?.maxBytes && picked.size > limits.maxBytes;
    file.setCustomValidity(tooLarge ? `The file has ${bytes(picked.size)}; at most ${bytes(limits.maxBytes)} are taken.` : "");
    setText(chosen, `It has ${bytes(picked.size)}.`);
    if (plugin === null && id.value === "") id.value = picked.name.replace(/\.wasm.*$/i, "").replace(/[^A-Za-z0-9._-]+/g, "-");
    if (tooLarge) file.reportValidity();
  });
  confirm({
    title: plugin === null ? "Install a plug-in" : ["Update ", name(plugin.id)],
    body: [
      h(
        "p",
        {},
        plugin === null
          ? "The module is checked before it is called: its format, its signature where one is required, and what it imports."
          : "The new module is checked and loaded beside the old one, which answers until the new one can. If it is refused, the old one stays.",
      ),
      field("upload-file", "Module", file, limits?.maxBytes ? `At most ${bytes(limits.maxBytes)}.` : null),
      chosen,
      field("upload-signature", "Signature (optional)", signature, "The .minisig or .sigstore.json file of the module, where signatures are required."),
      field("upload-id", "Id", id, plugin === null ? "What callers name it by." : null),
    ],
    label: plugin === null ? "Install" : "Update",
    abortable: true,
    perform: ({ signal, sent }) => upload(id.value, file.files[0], signature.files[0] ?? null, sent, signal),
    done,
  });
}

import { h } from "../dom.js";
import { ProfilePanel } from "../profile-panel.js";

export class Profile {
  title = "Profile";

  constructor(context) {
    this.panel = new ProfilePanel(context);
    this.element = h(
      "div",
      { class: "page" },
      h("div", { class: "page-head" }, h("div", {}, h("h1", { tabindex: "-1" }, "Profile"), h("p", { class: "quiet" }, "Where the time of calls goes, by function of the guest."))),
      h("section", { class: "card", "aria-label": "Profile" }, this.panel.element),
    );
  }

  update(changed) {
    this.panel.update(changed);
  }

  close() {
    this.panel.close();
  }
}

import { harmless } from "./text.js";

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element. Of the properties, `on` has listeners, `data` the data attributes, `class` the classes; the rest are
 * attributes, of which null and false ones are left out. Children are nodes, or texts that may come from anywhere.
 */
export function h(tag, properties = {}, ...children) {
  return filled(document.createElement(tag), properties, children);
}

export function svg(tag, properties = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), properties, children);
}

function filled(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (name === "on") {
      for (const [type, listener] of Object.entries(value)) element.addEventListener(type, listener);
    } else if (name === "data") {
      Object.assign(element.dataset, value);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, harmless(value));
    }
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : harmless(child));
  }
}

/** Puts other children into an element. */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

/** Touches the document only if the text is another one. */
export function setText(element, text) {
  const shown = harmless(text);
  if (element.textContent !== shown) element.textContent = shown;
}

export function setAttribute(element, name, value) {
  if (value === null || value === undefined || value === false) {
    if (element.hasAttribute(name)) element.removeAttribute(name);
  } else {
    const text = value === true ? "" : harmless(value);
    if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
}

/** A name that a stranger chose: its direction of writing ends with it. */
export function name(text, className = null) {
  return h("bdi", { class: className }, text);
}

/**
 * Keeps the children of an element in step with a list: one component per key, made once and updated after that, so
 * that focus and selection survive.
 *
 * @param create makes a component, `{element, update(item)}`, of an item
 */
export function keyed(parent, key, create) {
  const components = new Map();
  return (items) => {
    const focused = parent.contains(document.activeElement) ? document.activeElement : null;
    const keep = new Set();
    let next = parent.firstElementChild;
    for (const item of items) {
      const id = key(item);
      if (keep.has(id)) continue;
      keep.add(id);
      let component = components.get(id);
      if (!component) {
        component = create(item);
        components.set(id, component);
      }
      component.update(item);
      if (component.element === next) {
        next = next.nextElementSibling;
      } else {
        parent.insertBefore(component.element, next);
      }
    }
    for (const [id, component] of components) {
      if (!keep.has(id)) {
        component.element.remove();
        components.delete(id);
      }
    }
    if (focused && focused !== document.activeElement && parent.contains(focused)) {
      focused.focus({ preventScroll: true });
    }
  };
}

/** Says something to those who do not see the page change. */
export function announce(text) {
  const place = document.getElementById("announcements");
  place.textContent = "";
  requestAnimationFrame(() => setText(place, text));
}

/** Asks the application. */

export class Problem extends Error {}

export const mode = () => document.querySelector("input[name=mode]:checked").value;

/** An answer: its text, who gave it, and how long that took there and with the network. */
export async function post(path, { query = {}, body = "", signal } = {}) {
  const parameters = new URLSearchParams({ ...query, mode: mode() });
  return ask(`api/${path}?${parameters}`, {
    method: "POST",
    body: typeof body === "string" || ArrayBuffer.isView(body) || body instanceof Blob ? body : JSON.stringify(body),
    headers: { "Content-Type": "application/octet-stream" },
    signal,
  });
}

export const get = (path, query = {}, signal = undefined) => ask(`api/${path}?${new URLSearchParams({ ...query, mode: mode() })}`, { signal });

export const send = (method, path, signal) => ask(`api/${path}`, { method, signal });

async function ask(address, request) {
  const start = performance.now();
  let response;
  let text;
  try {
    response = await fetch(address, request);
    text = await response.text();
  } catch (failure) {
    if (failure.name === "AbortError") throw failure;
    throw new Problem("The application does not answer. Is it still running?");
  }
  const answer = {
    text,
    source: response.headers.get("X-Wasm-Source"),
    millis: duration(response.headers.get("Server-Timing")),
    total: performance.now() - start,
  };
  if (!response.ok) throw new Problem(sentence(response, text), { cause: answer });
  return answer;
}

function duration(timing) {
  const found = /dur=([\d.]+)/.exec(timing ?? "");
  return found ? Number(found[1]) : null;
}

/** What a refusal says, in words. */
function sentence(response, text) {
  try {
    const problem = JSON.parse(text);
    return problem.detail ?? problem.title ?? `The application answered ${response.status}.`;
  } catch {
    return `The application answered ${response.status}.`;
  }
}

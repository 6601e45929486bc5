/** A refusal of the server, with a message for people. */
export class Refusal extends Error {
  constructor(status, code, message, category = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.category = category;
  }
}

let session = null;

export async function openSession() {
  session = await get("api/session");
  return session;
}

export async function get(path, signal = undefined) {
  return answerOf(await send(path, { headers: { Accept: "application/json" }, signal }));
}

/** What somebody does here; the server hears of it once, unless its token has changed meanwhile. */
export async function post(path, body) {
  try {
    return await postOnce(path, body);
  } catch (refusal) {
    if (!(await tokenHasChanged(refusal))) throw refusal;
    return postOnce(path, body);
  }
}

async function postOnce(path, body) {
  return answerOf(
    await send(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", ...tokenHeaders() },
      body: JSON.stringify(body),
    }),
  );
}

function tokenHeaders() {
  return session?.csrf?.headers ?? {};
}

async function tokenHasChanged(refusal) {
  if (!(refusal instanceof Refusal) || refusal.code !== "forbidden") return false;
  const before = JSON.stringify(tokenHeaders());
  try {
    await openSession();
  } catch {
    return false;
  }
  return JSON.stringify(tokenHeaders()) !== before;
}

async function send(path, options) {
  let response;
  try {
    response = await fetch(path, { credentials: "same-origin", redirect: "manual", cache: "no-store", ...options });
  } catch (failure) {
    if (failure.name === "AbortError") throw failure;
    throw new Refusal(0, "unreachable", "The application does not answer. It may be restarting: try again in a moment.");
  }
  return response;
}

async function answerOf(response) {
  if (response.type === "opaqueredirect") throw signIn(response.status);
  const json = (response.headers.get("Content-Type") ?? "").includes("json");
  const body = json ? await response.json().catch(() => null) : null;
  return judged(response.status, body);
}

function judged(status, body) {
  if (status >= 200 && status < 300 && body !== null) return body;
  if (body?.message) throw new Refusal(status, body.code ?? "failed", body.message, body.category ?? null);
  if (status === 401 || status === 403 || (status >= 300 && status < 400)) throw signIn(status);
  throw new Refusal(status, "failed", `The application answered with status ${status} and no explanation. Its log may tell more.`);
}

function signIn(status) {
  return new Refusal(status, "unauthenticated", "Your sign-in has ended. Load this page again to sign in.");
}

/**
 * Sends the bytes of a plug-in, behind those of its signature.
 *
 * @param signature a file, null for none
 * @param onProgress is told the share that has been sent
 * @param signal aborts it
 */
export async function upload(id, file, signature, onProgress, signal) {
  const query = new URLSearchParams({ confirm: id });
  if (signature) query.set("signature-bytes", signature.size);
  const content = signature ? new Blob([signature, file]) : file;
  const path = `api/plugins/${encodeURIComponent(id)}/upload?${query}`;
  try {
    return await uploadOnce(path, content, onProgress, signal);
  } catch (refusal) {
    if (!(await tokenHasChanged(refusal))) throw refusal;
    return uploadOnce(path, content, onProgress, signal);
  }
}

function uploadOnce(path, content, onProgress, signal) {
  return new Promise((resolve, reject) => {
    // fetch tells nothing of how much of a body has been sent.
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("Content-Type", "application/wasm");
    request.setRequestHeader("Accept", "application/json");
    for (const [name, value] of Object.entries(tokenHeaders())) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    });
    request.addEventListener("load", () => {
      let body = null;
      try {
        body = JSON.parse(request.responseText);
      } catch {
        // No JSON: the status decides.
      }
      try {
        resolve(judged(request.status, body));
      } catch (refusal) {
        reject(refusal);
      }
    });
    request.addEventListener("error", () =>
      reject(new Refusal(0, "unreachable", "The connection broke while the file was sent. Nothing was installed: try again.")),
    );
    request.addEventListener("abort", () => reject(new DOMException("The upload was cancelled", "AbortError")));
    signal.addEventListener("abort", () => request.abort());
    request.send(content);
  });
}

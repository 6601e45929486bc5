const SILENCE_MILLIS = 20_000;
const RETRY_MILLIS = 10_000;
const HIDDEN_MILLIS = 120_000;
const KINDS = ["snapshot", "figures", "modules", "event", "progress", "section"];

/**
 * The stream of the server. It opens itself again after what ends it, and is closed while nobody looks at the page.
 *
 * @param onData is called with the kind and the data of each event
 * @param onState is called with `live`, `connecting`, `lost`, `full`, `paused` or `session`
 */
export function live(onData, onState) {
  let source = null;
  let heard = 0;
  let retry = null;
  let hidden = null;

  const close = () => {
    clearTimeout(retry);
    source?.close();
    source = null;
  };

  const reopenLater = (state) => {
    close();
    onState(state);
    retry = setTimeout(open, RETRY_MILLIS);
  };

  const open = () => {
    close();
    heard = Date.now();
    source = new EventSource("api/events");
    const opened = source;
    for (const kind of KINDS) {
      source.addEventListener(kind, (event) => {
        if (opened !== source) return;
        heard = Date.now();
        onState("live");
        onData(kind, JSON.parse(event.data));
      });
    }
    source.addEventListener("bye", (event) => {
      const { reason } = JSON.parse(event.data);
      if (reason === "session") {
        close();
        onState("session");
      } else if (reason === "renew") {
        open();
      } else {
        onState("lost");
      }
    });
    source.addEventListener("error", () => {
      if (opened !== source) return;
      if (source.readyState === EventSource.CLOSED) {
        whyRefused().then((state) => {
          if (opened !== source) return;
          if (state === "session") {
            close();
            onState(state);
          } else {
            reopenLater(state);
          }
        });
      } else {
        onState("lost");
      }
    });
  };

  // An EventSource does not say why it was refused.
  const whyRefused = async () => {
    const aborter = new AbortController();
    try {
      const response = await fetch("api/events", { redirect: "manual", cache: "no-store", signal: aborter.signal });
      if (response.ok) {
        aborter.abort();
        return "lost";
      }
      if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) return "session";
      return (await response.json()).code === "too_many_clients" ? "full" : "lost";
    } catch {
      return "lost";
    }
  };

  // A connection that broke silently, e.g. of a laptop that slept, never reports an error.
  setInterval(() => {
    if (source && source.readyState === EventSource.OPEN && Date.now() - heard > SILENCE_MILLIS) {
      onState("lost");
      open();
    }
  }, 5_000);

  document.addEventListener("visibilitychange", () => {
    clearTimeout(hidden);
    if (document.hidden) {
      hidden = setTimeout(() => {
        close();
        onState("paused");
      }, HIDDEN_MILLIS);
    } else if (!source) {
      onState("connecting");
      open();
    }
  });

  open();
  return { retry: open };
}

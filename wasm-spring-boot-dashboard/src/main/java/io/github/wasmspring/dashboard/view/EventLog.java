package io.github.wasmspring.dashboard.view;

import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventListener;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last two hundred things that happened. Failures of a kind that are in the list already are
 * only counted, so that a burst of them neither costs much nor pushes everything else out.
 */
public final class EventLog implements WasmEventListener {

  /** What somebody did on the dashboard. */
  public static final String ACTION = "Action";

  static final int MOST = 200;

  private final Clock clock;
  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private final Map<String, Entry> byKind = new HashMap<>();
  private long seq;
  private long changes;

  private static final class Entry {
    private final long seq;
    private final @Nullable String kind;
    private final String type;
    private final String module;
    private final String version;
    private String severity = "info";
    private String text = "";
    private Map<String, Object> details = Map.of();
    private @Nullable WasmEvent latest;
    private long at;
    private long count;
    private long change;

    private Entry(long seq, @Nullable String kind, String type, String module, String version) {
      this.seq = seq;
      this.kind = kind;
      this.type = type;
      this.module = module;
      this.version = version;
    }

    /** Words are made when somebody reads them, not on the thread of a call that failed. */
    private EventView view() {
      WasmEvent event = this.latest;
      if (event != null) {
        this.severity = EventTexts.severity(event);
        this.text = CutText.of(EventTexts.text(event));
        this.details = EventTexts.details(event);
        this.latest = null;
      }
      return new EventView(
          this.seq,
          this.at,
          this.type,
          this.severity,
          this.module,
          this.version,
          this.text,
          this.count,
          this.details);
    }
  }

  /** An empty log. */
  public EventLog() {
    this(Clock.systemUTC());
  }

  EventLog(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void onEvent(WasmEvent event) {
    if (event instanceof WasmEvent.ModuleProgressed) {
      // Under way is what has not happened yet.
      return;
    }
    String kind = EventTexts.kind(event);
    String type = EventTexts.type(event);
    String key =
        kind == null ? null : String.join("\0", type, event.module(), event.version(), kind);
    synchronized (this) {
      Entry entry = key == null ? null : this.byKind.get(key);
      if (entry == null) {
        entry = add(key, type, event.module(), event.version());
      }
      entry.latest = event;
      touch(entry);
    }
  }

  /** Somebody did something to a module, or to all. */
  public synchronized void action(
      String module, String version, boolean failed, String text, Map<String, Object> details) {
    Entry entry = add(null, ACTION, module, version);
    entry.severity = failed ? "error" : "info";
    entry.text = CutText.of(text);
    entry.details = Map.copyOf(details);
    touch(entry);
  }

  private Entry add(@Nullable String key, String type, String module, String version) {
    Entry entry = new Entry(++this.seq, key, type, module, version);
    this.entries.addLast(entry);
    if (key != null) {
      this.byKind.put(key, entry);
    }
    if (this.entries.size() > MOST) {
      Entry oldest = this.entries.removeFirst();
      if (oldest.kind != null) {
        this.byKind.remove(oldest.kind);
      }
    }
    return entry;
  }

  private void touch(Entry entry) {
    entry.at = this.clock.millis();
    entry.count++;
    entry.change = ++this.changes;
  }

  /** All that are kept, by when they happened last, newest first. */
  public synchronized List<EventView> newestFirst() {
    return views(this.entries.stream().toList(), true);
  }

  /** A mark for {@link #since}. */
  public synchronized long mark() {
    return this.changes;
  }

  /** What happened after a mark, in the order in which it happened. */
  public synchronized List<EventView> since(long mark) {
    return views(this.entries.stream().filter(each -> each.change > mark).toList(), false);
  }

  private static List<EventView> views(List<Entry> entries, boolean newestFirst) {
    List<Entry> sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.comparingLong(each -> each.change));
    if (newestFirst) {
      Collections.reverse(sorted);
    }
    return sorted.stream().map(Entry::view).toList();
  }
}

package io.github.wasmspring.dashboard.view;

import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventListener;
import io.github.wasmspring.event.WasmWork;
import io.github.wasmspring.internal.module.ShownText;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work under way, and what ended in the last minute: modules that are loaded, and what somebody had
 * done on the dashboard. What took longer than a second is logged.
 */
public final class ProgressLog implements WasmEventListener {

  private static final Logger logger = LoggerFactory.getLogger(ProgressLog.class);

  static final Duration KEPT = Duration.ofMinutes(1);

  private static final int MOST = 200;
  private static final long LONG = 1_000;

  private final Clock clock;
  private final Map<String, Work> works = new LinkedHashMap<>();
  private long ids;
  private long changes;

  private record Work(ProgressView view, long change) {}

  /** Nothing is under way. */
  public ProgressLog() {
    this(Clock.systemUTC());
  }

  ProgressLog(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void onEvent(WasmEvent event) {
    if (event instanceof WasmEvent.ModuleLoading loading) {
      begin(
          loadId(event),
          "load",
          "Load %s %s".formatted(loading.module(), loading.version()),
          event.module(),
          event.version());
    } else if (event instanceof WasmEvent.ModuleProgressed progressed) {
      progressed(progressed);
    } else if (event instanceof WasmEvent.ModuleReady ready) {
      end(loadId(event), "ready on " + ready.engine(), null);
    } else if (event instanceof WasmEvent.ModuleFailed failed) {
      end(
          loadId(event),
          failed.message(),
          new RefusalView(409, "failed", CutText.of(failed.message()), failed.category().name()));
    }
  }

  /** How far something is that is under way already, or that this is the first to be heard of. */
  private void progressed(WasmEvent.ModuleProgressed event) {
    String load = loadId(event);
    boolean partOfLoad =
        isRunning(load) && (event.work() == WasmWork.DOWNLOAD || event.work() == WasmWork.COMPILE);
    String id = partOfLoad ? load : workId(event);
    if (event.done() == event.total() && !partOfLoad) {
      end(id, event.text(), null);
      return;
    }
    if (!isRunning(id)) {
      begin(
          id,
          event.work().name().toLowerCase(Locale.ROOT),
          title(event),
          event.module(),
          event.version());
    }
    advance(id, event.share(), event.text());
  }

  private synchronized boolean isRunning(String id) {
    Work work = this.works.get(id);
    return work != null && work.view().endedAt() == null;
  }

  private static String workId(WasmEvent.ModuleProgressed event) {
    return event.work() == WasmWork.PRELOAD
        ? event.work().name()
        : event.work().name() + '-' + event.module() + '@' + event.version();
  }

  private static String title(WasmEvent.ModuleProgressed event) {
    String module = event.module() + ' ' + event.version();
    return switch (event.work()) {
      case DOWNLOAD -> "Download " + module;
      case COMPILE -> "Compile " + module;
      case PRELOAD -> "Load modules ahead";
      case DRAIN -> "Old code of " + module + " ends";
    };
  }

  /** A version is loaded by one thread at a time. */
  private static String loadId(WasmEvent event) {
    return "load-" + event.module() + '@' + event.version();
  }

  /**
   * Something begins.
   *
   * @return its id
   */
  public String begin(String kind, String title, String module, String version) {
    String id;
    synchronized (this) {
      id = "a-" + ++this.ids;
    }
    begin(id, kind, title, module, version);
    return id;
  }

  private synchronized void begin(
      String id, String kind, String title, String module, String version) {
    tidy();
    this.works.remove(id);
    put(
        new ProgressView(
            id,
            kind,
            title,
            module,
            version,
            "running",
            null,
            "under way",
            this.clock.millis(),
            null,
            null));
    if (this.works.size() > MOST) {
      Iterator<String> oldest = this.works.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /**
   * How far it is.
   *
   * @param share from 0 to 1, {@code null} if nobody knows
   */
  public synchronized void advance(String id, @Nullable Double share, String text) {
    Work work = this.works.get(id);
    if (work != null && work.view().endedAt() == null) {
      ProgressView view = work.view();
      put(
          new ProgressView(
              id,
              view.kind(),
              view.title(),
              view.module(),
              view.version(),
              view.state(),
              share,
              text,
              view.startedAt(),
              null,
              null));
    }
  }

  /**
   * It is over.
   *
   * @param error why it failed, {@code null} if it did not
   */
  public void end(String id, String text, @Nullable RefusalView error) {
    ProgressView ended = ended(id, text, error);
    if (ended != null && ended.endedAt() != null) {
      long took = ended.endedAt() - ended.startedAt();
      if (took >= LONG) {
        logger.info(
            "{} {} after {}",
            ShownText.of(ended.title()),
            error == null ? "is done" : "failed",
            EventTexts.shown(Duration.ofMillis(took)));
      }
    }
  }

  private synchronized @Nullable ProgressView ended(
      String id, String text, @Nullable RefusalView error) {
    Work work = this.works.get(id);
    if (work == null || work.view().endedAt() != null) {
      return null;
    }
    ProgressView view = work.view();
    return put(
        new ProgressView(
            id,
            view.kind(),
            view.title(),
            view.module(),
            view.version(),
            error == null ? "done" : "failed",
            error == null ? Double.valueOf(1) : view.share(),
            CutText.of(text),
            view.startedAt(),
            this.clock.millis(),
            error));
  }

  private ProgressView put(ProgressView view) {
    this.works.put(view.id(), new Work(view, ++this.changes));
    return view;
  }

  private void tidy() {
    long before = this.clock.millis() - KEPT.toMillis();
    this.works.values().removeIf(each -> isOver(each.view(), before));
  }

  private static boolean isOver(ProgressView view, long before) {
    Long ended = view.endedAt();
    return ended != null && ended < before;
  }

  /** What is under way, and what ended a short time ago; in the order in which it began. */
  public synchronized List<ProgressView> list() {
    tidy();
    return this.works.values().stream().map(Work::view).toList();
  }

  /** A mark for {@link #since}. */
  public synchronized long mark() {
    return this.changes;
  }

  /** What changed after a mark. */
  public synchronized List<ProgressView> since(long mark) {
    List<ProgressView> changed = new ArrayList<>();
    this.works.values().stream()
        .filter(each -> each.change() > mark)
        .forEach(each -> changed.add(each.view()));
    return changed;
  }
}

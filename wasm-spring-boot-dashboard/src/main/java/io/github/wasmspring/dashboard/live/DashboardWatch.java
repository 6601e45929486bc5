package io.github.wasmspring.dashboard.live;

import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.dashboard.view.CallLatencies;
import io.github.wasmspring.dashboard.view.DashboardJson;
import io.github.wasmspring.dashboard.view.DashboardSources;
import io.github.wasmspring.dashboard.view.EventLog;
import io.github.wasmspring.dashboard.view.EventView;
import io.github.wasmspring.dashboard.view.FiguresReader;
import io.github.wasmspring.dashboard.view.FiguresView;
import io.github.wasmspring.dashboard.view.ModulesView;
import io.github.wasmspring.dashboard.view.ProgressLog;
import io.github.wasmspring.dashboard.view.ProgressView;
import io.github.wasmspring.dashboard.view.SectionView;
import io.github.wasmspring.dashboard.view.SnapshotReader;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is new for all who look, from the first who comes to the last who goes: figures,
 * modules and sections each second, events and progress four times as often. For one thread.
 */
final class DashboardWatch implements AutoCloseable {

  static final int TICKS_PER_SECOND = 4;

  private final DashboardSources sources;
  private final SnapshotReader reader;
  private final EventLog events;
  private final ProgressLog progress;
  private final Supplier<FiguresView.Clients> count;
  private final CallLatencies latencies = new CallLatencies();
  private final FiguresReader figuresReader;
  private final Map<String, byte[]> toldSections = new HashMap<>();
  private byte[] toldModules = {};
  private long tick;
  private long eventMark;
  private long progressMark;
  private @Nullable FiguresView figures;
  private @Nullable ModulesView modules;
  private List<SectionView> sections = List.of();

  /**
   * @param count how many look
   */
  DashboardWatch(
      DashboardSources sources,
      SnapshotReader reader,
      EventLog events,
      ProgressLog progress,
      Supplier<FiguresView.Clients> count) {
    this.sources = sources;
    this.reader = reader;
    this.events = events;
    this.progress = progress;
    this.count = count;
    this.figuresReader = new FiguresReader(sources, this.latencies);
    this.eventMark = events.mark();
    this.progressMark = progress.mark();
    sources.events().addCallListener(this.latencies);
  }

  /** Tells the clients what is new. */
  void tick(List<FeedClient> clients) {
    if (this.tick++ % TICKS_PER_SECOND == 0 || this.figures == null) {
      readAll(clients);
    }
    tellWhatHappened(clients);
    List<FeedMailbox> newcomers =
        clients.stream().map(FeedClient::mailbox).filter(FeedMailbox::wantsSnapshot).toList();
    FiguresView latest = this.figures;
    ModulesView known = this.modules;
    if (!newcomers.isEmpty() && latest != null && known != null) {
      byte[] message =
          FeedMessage.of("snapshot", this.reader.snapshot(known, latest, this.sections));
      newcomers.forEach(each -> each.snapshot(message));
    }
  }

  private void readAll(List<FeedClient> clients) {
    this.reader.profile().look();
    List<WasmModuleStatus> status = this.reader.status();
    ModulesView now = this.reader.modules(status);
    this.modules = now;
    byte[] modulesJson = DashboardJson.write(now);
    if (!Arrays.equals(modulesJson, this.toldModules)) {
      this.toldModules = modulesJson;
      tellNewest(clients, "modules", FeedMessage.ofJson("modules", modulesJson));
    }
    FiguresView read = this.figuresReader.read(status, this.count.get());
    this.figures = read;
    tellNewest(clients, "figures", FeedMessage.of("figures", read));
    this.sections = this.reader.sections();
    for (SectionView section : this.sections) {
      byte[] json = DashboardJson.write(section);
      if (!Arrays.equals(json, this.toldSections.put(section.id(), json))) {
        tellNewest(clients, "section " + section.id(), FeedMessage.ofJson("section", json));
      }
    }
  }

  private void tellWhatHappened(List<FeedClient> clients) {
    long progressNow = this.progress.mark();
    for (ProgressView each : this.progress.since(this.progressMark)) {
      tellNewest(clients, "progress " + each.id(), FeedMessage.of("progress", each));
    }
    this.progressMark = progressNow;
    long eventsNow = this.events.mark();
    for (EventView each : this.events.since(this.eventMark)) {
      byte[] message = FeedMessage.of("event", each);
      clients.forEach(client -> client.mailbox().event(message));
    }
    this.eventMark = eventsNow;
  }

  private static void tellNewest(List<FeedClient> clients, String what, byte[] message) {
    clients.forEach(client -> client.mailbox().newest(what, message));
  }

  @Override
  public void close() {
    this.sources.events().removeCallListener(this.latencies);
  }
}

package io.github.wasmspring.dashboard.view;

import io.github.wasmspring.client.WasmModuleStatus;
import java.util.List;

/** Reads the whole, or parts of it. Safe for use by many threads. */
public final class SnapshotReader {

  private final DashboardSources sources;
  private final EventLog events;
  private final ProgressLog progress;
  private final ModuleViewReader modules;
  private final OverviewReader overview;
  private final SectionReader sections;
  private final ProfileProgress profile;

  public SnapshotReader(DashboardSources sources, EventLog events, ProgressLog progress) {
    this.sources = sources;
    this.events = events;
    this.progress = progress;
    this.modules = new ModuleViewReader(sources.manager());
    this.overview =
        new OverviewReader(sources.enabled(), sources.engine().name(), sources.budget());
    this.sections = new SectionReader(sources);
    this.profile = new ProfileProgress(sources.profiler(), progress);
  }

  /** All versions of all modules as the manager says. */
  public List<WasmModuleStatus> status() {
    return this.sources.manager().status();
  }

  /** How far a profile is. */
  public ProfileProgress profile() {
    return this.profile;
  }

  public ModulesView modules(List<WasmModuleStatus> status) {
    return new ModulesView(
        this.overview.read(status), this.modules.read(status, System.currentTimeMillis()));
  }

  public List<SectionView> sections() {
    return this.sections.read();
  }

  /**
   * The whole, around figures that somebody has read already.
   *
   * @param sections as they were read last
   */
  public SnapshotView snapshot(
      ModulesView modules, FiguresView figures, List<SectionView> sections) {
    return new SnapshotView(
        figures.at(),
        modules.overview(),
        modules.modules(),
        figures,
        this.events.newestFirst(),
        this.progress.list(),
        sections);
  }

  /** The whole for somebody who asks once; nobody knows what was a second ago. */
  public SnapshotView snapshot(FiguresView.Clients clients) {
    this.profile.look();
    List<WasmModuleStatus> status = status();
    return snapshot(
        modules(status), new FiguresReader(this.sources, null).read(status, clients), sections());
  }
}

package io.github.wasmspring.dashboard.view;

import java.util.List;

/** Everything at once. */
public record SnapshotView(
    long at,
    OverviewView overview,
    List<ModuleView> modules,
    FiguresView figures,
    List<EventView> events,
    List<ProgressView> progress,
    List<SectionView> sections) {}

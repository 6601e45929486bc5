package io.github.wasmspring.dashboard.view;

import java.util.List;

/** What seldom changes. */
public record ModulesView(OverviewView overview, List<ModuleView> modules) {}

package io.github.wasmspring.dashboard.view;

import io.github.wasmspring.dashboard.DashboardSectionAction;
import java.util.List;

/**
 * What another part of the application shows.
 *
 * @param data a table, or for plug-ins their list
 */
public record SectionView(
    String id, String title, int order, Object data, List<DashboardSectionAction> actions) {}

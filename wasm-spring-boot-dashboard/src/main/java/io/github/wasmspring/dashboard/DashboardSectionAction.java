package io.github.wasmspring.dashboard;

/**
 * What an operator can do to a row of a section.
 *
 * @param id in lower case with hyphens
 * @param title of its button
 * @param description what it does, a sentence
 * @param danger whether it may cost answers, so that the page asks with emphasis
 */
public record DashboardSectionAction(String id, String title, String description, boolean danger) {}

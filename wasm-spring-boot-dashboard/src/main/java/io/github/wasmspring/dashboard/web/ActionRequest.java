package io.github.wasmspring.dashboard.web;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Something that is to be done.
 *
 * @param kind as progress names it
 * @param action for the audit, e.g. {@code reload}
 * @param title for people, e.g. {@code Load again json 1.0.0}
 * @param subject the module, plug-in or row
 * @param version of the module, empty if there is none
 * @param principal who wants it, {@code null} where nobody signs in
 */
record ActionRequest(
    String kind,
    String action,
    String title,
    String subject,
    String version,
    @Nullable String principal) {

  /** Does it, and says in a sentence what was done. */
  interface Work extends Callable<String> {}
}

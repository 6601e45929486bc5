package io.github.wasmspring.observe;

import java.util.List;

/**
 * What could be better about the modules of an application.
 *
 * @param modules how many were looked at
 * @param findings the most severe first; empty if there is nothing to do
 */
public record WasmPerformanceReport(int modules, List<WasmFinding> findings) {

  /** For people: a paragraph for each finding. */
  public String text() {
    if (this.findings.isEmpty()) {
      return "%s, nothing to improve.%n".formatted(modulesText());
    }
    StringBuilder text =
        new StringBuilder(
            "%s, %s.%n"
                .formatted(modulesText(), Counts.of(this.findings.size(), "finding", "findings")));
    for (WasmFinding finding : this.findings) {
      text.append(
          "%n%s %s: %s%n  measured: %s%n  why:      %s%n  change:   %s%n  more:     %s%n"
              .formatted(
                  finding.severity(),
                  finding.module() != null ? finding.module() : "all modules",
                  finding.rule(),
                  finding.measured(),
                  finding.why(),
                  finding.change(),
                  finding.documentation()));
    }
    return text.toString();
  }

  private String modulesText() {
    return Counts.of(this.modules, "module", "modules");
  }
}

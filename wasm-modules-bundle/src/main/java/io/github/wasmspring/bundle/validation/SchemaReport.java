package io.github.wasmspring.bundle.validation;

import java.util.List;

/**
 * Whether a document satisfies a schema, and if not, why.
 *
 * @param valid whether it does
 * @param truncated whether there are more violations than the 100 that a report holds
 * @param violations what is wrong; empty if the document is valid
 */
public record SchemaReport(boolean valid, boolean truncated, List<SchemaViolation> violations) {

  public SchemaReport {
    violations = List.copyOf(violations);
  }
}

package io.github.wasmspring.bundle.validation;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Brings the errors of networknt's validator into the form that the module has. */
final class JavaSchemaErrors {

  /** How many violations a report holds. */
  private static final int MOST = 100;

  private JavaSchemaErrors() {}

  static SchemaReport report(List<Error> errors) {
    List<Error> ambiguous =
        errors.stream().filter(error -> "oneOf.indexes".equals(error.getMessageKey())).toList();
    Set<SchemaViolation> violations = new LinkedHashSet<>();
    for (Error error : errors) {
      if (ambiguous.stream().noneMatch(oneOf -> isBelow(error, oneOf))) {
        violations.add(violation(error));
      }
    }
    List<SchemaViolation> list = new ArrayList<>(violations);
    boolean truncated = list.size() > MOST;
    return new SchemaReport(errors.isEmpty(), truncated, truncated ? list.subList(0, MOST) : list);
  }

  /** Where several branches of a {@code oneOf} hold, what fails in the others is not told. */
  private static boolean isBelow(Error error, Error oneOf) {
    return error != oneOf
        && error.getEvaluationPath().startsWith(oneOf.getEvaluationPath())
        && error.getEvaluationPath().getNameCount() > oneOf.getEvaluationPath().getNameCount()
        && error.getInstanceLocation().startsWith(oneOf.getInstanceLocation());
  }

  private static SchemaViolation violation(Error error) {
    String keyword = error.getKeyword();
    return switch (keyword) {
      case "false" -> violation(error, error.getEvaluationPath().getParent(), keyword);
      case "minContains", "maxContains" -> violation(error, error.getEvaluationPath(), "contains");
      default -> violation(error, error.getEvaluationPath(), keyword);
    };
  }

  private static SchemaViolation violation(Error error, NodePath path, String keyword) {
    return new SchemaViolation(
        pointer(error.getInstanceLocation()), pointer(path), keyword, error.getMessage());
  }

  /** The path as RFC 6901 has it; as a text of its own it is escaped for JSON beside. */
  private static String pointer(NodePath path) {
    StringBuilder pointer = new StringBuilder();
    for (int i = 0; i < path.getNameCount(); i++) {
      String name = String.valueOf(path.getElement(i));
      pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }
}

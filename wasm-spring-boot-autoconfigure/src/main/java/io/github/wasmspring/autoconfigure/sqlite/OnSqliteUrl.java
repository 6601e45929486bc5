package io.github.wasmspring.autoconfigure.sqlite;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches if the application's data source is a database of SQLite. */
final class OnSqliteUrl extends SpringBootCondition {

  private static final String PROPERTY = "spring.datasource.url";

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    boolean matches = SqliteUrl.isOne(url(context.getEnvironment()));
    return new ConditionOutcome(
        matches,
        ConditionMessage.forCondition("SQLite as WebAssembly")
            .because(PROPERTY + (matches ? " names one" : " names no such database")));
  }

  /** {@code null} also for one whose placeholders can't be resolved, which Boot tells. */
  private static @Nullable String url(Environment environment) {
    try {
      return environment.getProperty(PROPERTY);
    } catch (IllegalArgumentException unresolved) {
      return null;
    }
  }
}

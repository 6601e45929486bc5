package io.github.wasmspring.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Whether there is a directory for compiled code; an empty setting takes away an inherited one. */
final class OnCodeDirectory extends SpringBootCondition {

  private static final String PROPERTY = "wasm.cache.directory";

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    boolean set = StringUtils.hasText(context.getEnvironment().getProperty(PROPERTY));
    return new ConditionOutcome(
        set, ConditionMessage.of(PROPERTY + " is " + (set ? "set" : "not set")));
  }
}

package io.github.wasmspring.autoconfigure.plugin;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Whether plug-ins are enabled, or at least have a directory and are not disabled. */
final class OnPluginsWanted extends SpringBootCondition {

  private static final String ENABLED = "wasm.plugins.enabled";
  private static final String DIRECTORY = "wasm.plugins.directory";

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    Environment environment = context.getEnvironment();
    Boolean enabled = environment.getProperty(ENABLED, Boolean.class);
    if (enabled != null) {
      return new ConditionOutcome(enabled, ConditionMessage.of(ENABLED + " is " + enabled));
    }
    boolean set = StringUtils.hasText(environment.getProperty(DIRECTORY));
    return new ConditionOutcome(
        set, ConditionMessage.of(DIRECTORY + " is " + (set ? "set" : "not set")));
  }
}

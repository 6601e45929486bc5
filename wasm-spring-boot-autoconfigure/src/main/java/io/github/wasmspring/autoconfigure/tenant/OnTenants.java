package io.github.wasmspring.autoconfigure.tenant;

import io.github.wasmspring.autoconfigure.ConfiguredProperties;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether there are tenants: a limit that is configured must not be forgotten. */
final class OnTenants extends SpringBootCondition {

  private static final String PREFIX = "wasm.tenants";

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    Environment environment = context.getEnvironment();
    Boolean enabled = environment.getProperty(PREFIX + ".enabled", Boolean.class);
    boolean on = enabled != null ? enabled : ConfiguredProperties.existBelow(PREFIX, environment);
    return new ConditionOutcome(
        on, ConditionMessage.of(PREFIX + (on ? " is in use" : " is not in use")));
  }
}

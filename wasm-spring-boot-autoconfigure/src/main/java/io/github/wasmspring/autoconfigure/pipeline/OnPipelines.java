package io.github.wasmspring.autoconfigure.pipeline;

import io.github.wasmspring.autoconfigure.ConfiguredProperties;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches where properties declare a pipeline. */
final class OnPipelines implements Condition {

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return ConfiguredProperties.existBelow("wasm.pipelines", context.getEnvironment());
  }
}

package io.github.wasmspring.autoconfigure.pipeline;

import io.github.wasmspring.autoconfigure.pipeline.WasmPipelineProperties.Branch;
import io.github.wasmspring.autoconfigure.pipeline.WasmPipelineProperties.OnFailure;
import io.github.wasmspring.autoconfigure.pipeline.WasmPipelineProperties.Pipeline;
import io.github.wasmspring.autoconfigure.pipeline.WasmPipelineProperties.Stage;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.pipeline.WasmBranches;
import io.github.wasmspring.pipeline.WasmPipeline;
import io.github.wasmspring.pipeline.WasmPipelineBuilder;
import io.github.wasmspring.pipeline.WasmStage;
import io.github.wasmspring.pipeline.WasmStageFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Makes a pipeline of what the properties say. */
final class PipelineAssembly {

  private final WasmModuleManager manager;
  private final BeanFactory beans;
  private final String name;
  private final StageTypes types;

  PipelineAssembly(WasmModuleManager manager, BeanFactory beans, String name) {
    this.manager = manager;
    this.beans = beans;
    this.name = name;
    this.types = new StageTypes(manager);
  }

  WasmPipeline<?, Object> of(Pipeline said) {
    Class<Object> input = objects(said.getInput().type());
    WasmPipelineBuilder<Object, Object> builder =
        at("wasm.pipelines", this.name, () -> WasmPipeline.builder(this.name, this.manager, input));
    if (said.getTimeout() != null) {
      builder.timeout(said.getTimeout());
    }
    for (int index = 0; index < said.getStages().size(); index++) {
      Stage stage = said.getStages().get(index);
      String property = "wasm.pipelines.%s.stages[%d]".formatted(this.name, index);
      at(property, nameOf(stage), () -> add(builder, stage));
    }
    return at("wasm.pipelines." + this.name + ".stages", "", builder::build);
  }

  @SuppressWarnings("unchecked") // the builder checks values against the class itself
  private static Class<Object> objects(Class<?> type) {
    return (Class<Object>) type;
  }

  /** What is wrong is told by the name of the property. */
  private interface Made<T> {
    T make();
  }

  private static <T> T at(String property, String value, Made<T> made) {
    try {
      return made.make();
    } catch (IllegalArgumentException unfit) {
      throw new InvalidConfigurationPropertyValueException(
          property, value, unfit.getMessage(), unfit);
    }
  }

  private WasmPipelineBuilder<Object, ?> add(
      WasmPipelineBuilder<Object, Object> builder, Stage stage) {
    String stageName = nameOf(stage);
    if (!stage.getParallel().isEmpty()) {
      return builder.parallel(
          stageName, branches -> stage.getParallel().forEach(each -> add(branches, each)));
    }
    return stage.getFunction() == null
        ? builder.operation(stageName, module(stage), operation(stage), answer(stage), said(stage))
        : builder.function(stageName, Object.class, function(stage.getFunction()), said(stage));
  }

  private void add(WasmBranches<Object> branches, Branch branch) {
    if (branch.getFunction() == null) {
      branches.operation(
          nameOf(branch), module(branch), operation(branch), answer(branch), said(branch));
    } else {
      branches.function(nameOf(branch), Object.class, function(branch.getFunction()), said(branch));
    }
  }

  private Class<Object> answer(Branch stage) {
    return objects(this.types.answer(stage));
  }

  private static String nameOf(Branch stage) {
    String given = stage.getName();
    String made = given == null ? stage.getOperation() : given;
    made = made == null ? stage.getFunction() : made;
    return made == null ? "" : made;
  }

  private static String module(Branch stage) {
    return needed(stage.getModule(), "a module (or a function)");
  }

  private static String operation(Branch stage) {
    return needed(stage.getOperation(), "an operation of its module");
  }

  private static String needed(@Nullable String value, String what) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("A stage needs " + what);
    }
    return value;
  }

  @SuppressWarnings("unchecked") // what a bean can't be given, it refuses itself
  private WasmStageFunction<Object, Object> function(String bean) {
    Function<Object, Object> function = this.beans.getBean(bean, Function.class);
    return (value, run) -> function.apply(value);
  }

  private Consumer<WasmStage<Object, Object>> said(Branch stage) {
    return said -> {
      if (stage.getVersion() != null) {
        said.version(stage.getVersion());
      }
      if (stage.getTimeout() != null) {
        said.timeout(stage.getTimeout());
      }
      if (stage.getOnFailure() == OnFailure.SKIP) {
        said.skipOnFailure();
      }
      if (stage.getFallback() != null) {
        said.fallback(this.types.fallback(stage, stage.getFallback()));
      }
      stage
          .getOptions()
          .forEach((name, value) -> said.option(name, this.types.option(stage, name, value)));
    };
  }
}

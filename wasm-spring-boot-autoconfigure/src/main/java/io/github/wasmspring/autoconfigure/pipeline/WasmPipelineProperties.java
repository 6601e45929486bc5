package io.github.wasmspring.autoconfigure.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Lazy;

/** Configuration properties for pipelines. */
@Lazy
@ConfigurationProperties("wasm")
public class WasmPipelineProperties {

  /** Chains of module operations and Java functions, by names of yours. */
  private final Map<String, Pipeline> pipelines = new LinkedHashMap<>();

  public Map<String, Pipeline> getPipelines() {
    return this.pipelines;
  }

  /** What goes from stage to stage. */
  public enum Form {
    TEXT(String.class),
    BYTES(byte[].class),
    NUMBER(Number.class),
    ANY(Object.class);

    private final Class<?> type;

    Form(Class<?> type) {
      this.type = type;
    }

    Class<?> type() {
      return this.type;
    }
  }

  /** What becomes of a run if a stage fails that has no fallback. */
  public enum OnFailure {
    FAIL,
    SKIP
  }

  /** A chain of stages. */
  public static class Pipeline {

    /** What the pipeline is given. */
    private Form input = Form.TEXT;

    /** How long a run may take, all stages together. */
    private @Nullable Duration timeout;

    /** What is done, in this order. */
    private final List<Stage> stages = new ArrayList<>();

    public Form getInput() {
      return this.input;
    }

    public void setInput(Form input) {
      this.input = input;
    }

    public @Nullable Duration getTimeout() {
      return this.timeout;
    }

    public void setTimeout(@Nullable Duration timeout) {
      this.timeout = timeout;
    }

    public List<Stage> getStages() {
      return this.stages;
    }
  }

  /** What a stage or a branch does. */
  public static class Branch {

    /** Name of the stage; else that of the operation or function. */
    private @Nullable String name;

    /** Id of the module that it calls. */
    private @Nullable String module;

    /** Range of versions of the module; else the default version is called. */
    private @Nullable String version;

    /** Operation that it calls. */
    private @Nullable String operation;

    /** Bean of type Function that does it, in place of a module. */
    private @Nullable String function;

    /** What an operation hands over that no interface declares. */
    private @Nullable Form answer;

    /** How long it may take, within what is left for all. */
    private @Nullable Duration timeout;

    /** What becomes of the run if it fails. */
    private OnFailure onFailure = OnFailure.FAIL;

    /** What is handed over if it fails. */
    private @Nullable String fallback;

    /** Other arguments of the operation, by the names of its parameters. */
    private final Map<String, Object> options = new LinkedHashMap<>();

    public @Nullable String getName() {
      return this.name;
    }

    public void setName(@Nullable String name) {
      this.name = name;
    }

    public @Nullable String getModule() {
      return this.module;
    }

    public void setModule(@Nullable String module) {
      this.module = module;
    }

    public @Nullable String getVersion() {
      return this.version;
    }

    public void setVersion(@Nullable String version) {
      this.version = version;
    }

    public @Nullable String getOperation() {
      return this.operation;
    }

    public void setOperation(@Nullable String operation) {
      this.operation = operation;
    }

    public @Nullable String getFunction() {
      return this.function;
    }

    public void setFunction(@Nullable String function) {
      this.function = function;
    }

    public @Nullable Form getAnswer() {
      return this.answer;
    }

    public void setAnswer(@Nullable Form answer) {
      this.answer = answer;
    }

    public @Nullable Duration getTimeout() {
      return this.timeout;
    }

    public void setTimeout(@Nullable Duration timeout) {
      this.timeout = timeout;
    }

    public OnFailure getOnFailure() {
      return this.onFailure;
    }

    public void setOnFailure(OnFailure onFailure) {
      this.onFailure = onFailure;
    }

    public @Nullable String getFallback() {
      return this.fallback;
    }

    public void setFallback(@Nullable String fallback) {
      this.fallback = fallback;
    }

    public Map<String, Object> getOptions() {
      return this.options;
    }
  }

  /** A part of a chain. */
  public static class Stage extends Branch {

    /** Branches that run beside each other, in place of all else. */
    private final List<Branch> parallel = new ArrayList<>();

    public List<Branch> getParallel() {
      return this.parallel;
    }
  }
}

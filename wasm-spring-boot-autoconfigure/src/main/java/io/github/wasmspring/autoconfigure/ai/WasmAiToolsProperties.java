package io.github.wasmspring.autoconfigure.ai;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Lazy;

/** Configuration properties for tools of AI models. */
@Lazy
@ConfigurationProperties("wasm.ai.tools")
public class WasmAiToolsProperties {

  /** Whether operations are offered to models at all. */
  private boolean enabled = true;

  /** How long a module may run for one call; else what its settings say. */
  private @Nullable Duration timeout;

  /** Chars of the arguments of one call, as JSON. */
  private int maxInput = 1_000_000;

  /** Chars of one answer; what is more is left out, and the model is told so. */
  private int maxOutput = 20_000;

  /** Whether models may format code, where there is a formatter. */
  private boolean formatCode;

  /** Whether models may run JavaScript that they write, where there is what runs it. */
  private boolean executeCode;

  /** What models may call, by the names of the tools. */
  private final Map<String, Operation> operations = new LinkedHashMap<>();

  public boolean isEnabled() {
    return this.enabled;
  }

  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }

  public @Nullable Duration getTimeout() {
    return this.timeout;
  }

  public void setTimeout(@Nullable Duration timeout) {
    this.timeout = timeout;
  }

  public int getMaxInput() {
    return this.maxInput;
  }

  public void setMaxInput(int maxInput) {
    this.maxInput = maxInput;
  }

  public int getMaxOutput() {
    return this.maxOutput;
  }

  public void setMaxOutput(int maxOutput) {
    this.maxOutput = maxOutput;
  }

  public boolean isFormatCode() {
    return this.formatCode;
  }

  public void setFormatCode(boolean formatCode) {
    this.formatCode = formatCode;
  }

  public boolean isExecuteCode() {
    return this.executeCode;
  }

  public void setExecuteCode(boolean executeCode) {
    this.executeCode = executeCode;
  }

  public Map<String, Operation> getOperations() {
    return this.operations;
  }

  /** An operation that models may call. */
  public static class Operation {

    /** Id of the module. */
    private @Nullable String module;

    /** Range of its versions; else the default version is called. */
    private @Nullable String version;

    /** Name of the operation. */
    private @Nullable String operation;

    /** What it is for, for the model. */
    private @Nullable String description;

    /** How long the module may run for one call; else what is said for all. */
    private @Nullable Duration timeout;

    /** Chars of one answer; else what is said for all. */
    private @Nullable Integer maxOutput;

    /** What parameters are for, by their names. */
    private final Map<String, String> parameters = new LinkedHashMap<>();

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

    public @Nullable String getDescription() {
      return this.description;
    }

    public void setDescription(@Nullable String description) {
      this.description = description;
    }

    public @Nullable Duration getTimeout() {
      return this.timeout;
    }

    public void setTimeout(@Nullable Duration timeout) {
      this.timeout = timeout;
    }

    public @Nullable Integer getMaxOutput() {
      return this.maxOutput;
    }

    public void setMaxOutput(@Nullable Integer maxOutput) {
      this.maxOutput = maxOutput;
    }

    public Map<String, String> getParameters() {
      return this.parameters;
    }
  }
}

package io.github.wasmspring.autoconfigure.code;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.io.Resource;
import org.springframework.util.unit.DataSize;

/** Configuration properties for the executor of code. */
@Lazy
@ConfigurationProperties("wasm.services.code.execute")
public class WasmCodeExecutorProperties {

  /** Whether there is an executor of code, where its jar is on the class path. */
  private boolean enabled = true;

  /** Time that code may run. */
  private Duration timeout = Duration.ofSeconds(1);

  /** Bytes that code may allocate. */
  private DataSize memoryLimit = DataSize.ofMegabytes(64);

  /** Bytes of the stack of code. */
  private DataSize stack = DataSize.ofKilobytes(128);

  /** Bytes that the result of code may have. */
  private DataSize outputLimit = DataSize.ofMegabytes(4);

  /** Characters that code may write to its console. What is more is left out. */
  private DataSize consoleLimit = DataSize.ofKilobytes(64);

  /** Time zone of the dates of code. */
  private ZoneId zone = ZoneOffset.UTC;

  /** Scripts that are loaded once, in this order; what they define is there for all code. */
  private List<Resource> libraries = new ArrayList<>();

  public boolean isEnabled() {
    return this.enabled;
  }

  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }

  public Duration getTimeout() {
    return this.timeout;
  }

  public void setTimeout(Duration timeout) {
    this.timeout = timeout;
  }

  public DataSize getMemoryLimit() {
    return this.memoryLimit;
  }

  public void setMemoryLimit(DataSize memoryLimit) {
    this.memoryLimit = memoryLimit;
  }

  public DataSize getStack() {
    return this.stack;
  }

  public void setStack(DataSize stack) {
    this.stack = stack;
  }

  public DataSize getOutputLimit() {
    return this.outputLimit;
  }

  public void setOutputLimit(DataSize outputLimit) {
    this.outputLimit = outputLimit;
  }

  public DataSize getConsoleLimit() {
    return this.consoleLimit;
  }

  public void setConsoleLimit(DataSize consoleLimit) {
    this.consoleLimit = consoleLimit;
  }

  public ZoneId getZone() {
    return this.zone;
  }

  public void setZone(ZoneId zone) {
    this.zone = zone;
  }

  public List<Resource> getLibraries() {
    return this.libraries;
  }

  public void setLibraries(List<Resource> libraries) {
    this.libraries = libraries;
  }
}

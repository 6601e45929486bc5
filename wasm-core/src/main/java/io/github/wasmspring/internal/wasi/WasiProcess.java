package io.github.wasmspring.internal.wasi;

import io.github.wasmspring.internal.engine.HeldState;
import io.github.wasmspring.module.WasiSettings;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The world of one guest, from when its instance is made or reset until it is reset again. */
final class WasiProcess implements HeldState, AutoCloseable {

  private static final String LOGGER = "io.github.wasmspring.wasi.";

  /** After the standard streams. */
  private static final int FIRST_DIRECTORY = 3;

  private final String name;
  private final WasiSettings settings;
  private final WasiStdio stdio;
  private final Descriptors descriptors = new Descriptors();
  private final GuestClock clock;
  private final WriteQuota quota;
  private final LogStream stdout;
  private final LogStream stderr;
  private @Nullable SecureRandom random;

  WasiProcess(WasmModuleDescriptor module, WasiStdio stdio, WriteTotal total) {
    this.name = module.id();
    this.settings = module.settings().wasi();
    this.stdio = stdio;
    this.clock = new GuestClock(this.settings.clockResolution());
    this.quota = new WriteQuota(this.settings.writeLimit(), total);
    Logger logger = LoggerFactory.getLogger(LOGGER + module.id());
    LogBudget budget = new LogBudget(this.settings.logLimit());
    this.stdout = new LogStream(target(this.settings.stdout(), logger::info), budget);
    this.stderr = new LogStream(target(this.settings.stderr(), logger::warn), budget);
    this.descriptors.add(new StandardInput(stdio));
    this.descriptors.add(new StandardOutput(stdio::captureOutput, this.stdout));
    this.descriptors.add(new StandardOutput(stdio::captureErrors, this.stderr));
    for (WasiSettings.Directory directory : this.settings.directories()) {
      this.descriptors.add(new OpenDirectory(MappedDirectory.of(directory)));
    }
  }

  private static @Nullable Consumer<String> target(
      WasiSettings.Output output, Consumer<String> logger) {
    return output == WasiSettings.Output.LOG ? logger : null;
  }

  Descriptors descriptors() {
    return this.descriptors;
  }

  GuestClock clock() {
    return this.clock;
  }

  WriteQuota quota() {
    return this.quota;
  }

  WasiStdio stdio() {
    return this.stdio;
  }

  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add(this.name);
    arguments.addAll(this.settings.arguments());
    arguments.addAll(this.stdio.arguments());
    return arguments;
  }

  List<String> environment() {
    return this.settings.environment().entrySet().stream()
        .map(variable -> variable.getKey() + "=" + variable.getValue())
        .toList();
  }

  SecureRandom random() throws WasiError {
    if (!this.settings.random()) {
      throw new WasiError(Errno.NOSYS);
    }
    SecureRandom source = this.random;
    if (source == null) {
      source = new SecureRandom();
      this.random = source;
    }
    return source;
  }

  @Override
  public @Nullable String held() {
    int first = FIRST_DIRECTORY + this.settings.directories().size();
    return this.descriptors.areFirst(first)
        ? null
        : "it has files open, or has closed standard streams or directories";
  }

  @Override
  public void close() throws IOException {
    this.stdout.flush();
    this.stderr.flush();
    this.descriptors.close();
  }
}

package io.github.wasmspring.maven;

import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** Says what modules are and need, and fails the build if that is more than is allowed. */
@Mojo(name = "check", defaultPhase = LifecyclePhase.PROCESS_RESOURCES, threadSafe = true)
public class CheckMojo extends AbstractMojo {

  /** The modules, of which each {@code file} counts. */
  @Parameter(required = true)
  private List<CompiledModule> modules = List.of();

  /** The most bytes that a file may have, e.g. {@code 2MB}. */
  @Parameter private @Nullable String maxSize;

  /** The most bytes that memories may have at first, e.g. {@code 16MB}. */
  @Parameter private @Nullable String maxMemory;

  /** Imports that are allowed: {@code module.name}, or {@code module.*} for all of one module. */
  @Parameter private @Nullable List<String> allowedImports;

  /** Features that are allowed, by the names that the report shows. */
  @Parameter private @Nullable List<String> allowedFeatures;

  /** Checks nothing. */
  @Parameter(property = "wasm.check.skip", defaultValue = "false")
  private boolean skip;

  /** For Maven. */
  public CheckMojo() {}

  CheckMojo(
      List<CompiledModule> modules,
      @Nullable String maxSize,
      @Nullable String maxMemory,
      @Nullable List<String> allowedImports,
      @Nullable List<String> allowedFeatures) {
    this.modules = modules;
    this.maxSize = maxSize;
    this.maxMemory = maxMemory;
    this.allowedImports = allowedImports;
    this.allowedFeatures = allowedFeatures;
  }

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    if (this.skip) {
      getLog().info("Skipped");
      return;
    }
    Allowed allowed = allowed();
    List<String> wrong = new ArrayList<>();
    for (CompiledModule module : this.modules) {
      if (module.file() == null) {
        throw new MojoExecutionException("A <module> of <modules> has no <file>");
      }
      check(module.file().toPath(), allowed, wrong);
    }
    if (!wrong.isEmpty()) {
      throw new MojoFailureException(String.join(System.lineSeparator(), wrong));
    }
  }

  private Allowed allowed() throws MojoExecutionException {
    try {
      return new Allowed(
          ByteSize.parse("maxSize", this.maxSize),
          ByteSize.parse("maxMemory", this.maxMemory),
          this.allowedImports,
          this.allowedFeatures);
    } catch (IllegalArgumentException wrong) {
      throw new MojoExecutionException(wrong.getMessage(), wrong);
    }
  }

  private void check(Path file, Allowed allowed, List<String> wrong) throws MojoExecutionException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new MojoExecutionException(
          "The module %s can't be read: %s".formatted(file, unreadable), unreadable);
    }
    try {
      ModuleReport report =
          ModuleReport.of(new WasmBinary(bytes, WasmDigest.of(bytes), file.toString()));
      report.lines(String.valueOf(file.getFileName())).forEach(getLog()::info);
      allowed.problems(report).forEach(problem -> wrong.add(file + ": " + problem));
    } catch (WasmLoadException refused) {
      wrong.add(file + ": " + refused.detail());
    }
  }
}

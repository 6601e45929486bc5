package io.github.wasmspring.code;

import io.github.wasmspring.client.WasmModuleManager;
import java.util.Objects;

/**
 * Runs JavaScript in a sandbox: QuickJS in WebAssembly. Each run begins with the same state, that
 * which the module was prepared with, and sees nothing but what it is given. For many threads.
 */
public final class CodeExecutor {

  private final WasmModuleManager manager;
  private final CodeExecutorSettings settings;

  private CodeExecutor(WasmModuleManager manager, CodeExecutorSettings settings) {
    this.manager = manager;
    this.settings = settings;
  }

  /**
   * @param manager to whose modules those of {@link QuickJsModule} and, for TypeScript, of {@link
   *     CodeModule} belong
   */
  public static CodeExecutor of(WasmModuleManager manager) {
    return of(manager, CodeExecutorSettings.DEFAULTS);
  }

  public static CodeExecutor of(WasmModuleManager manager, CodeExecutorSettings settings) {
    return new CodeExecutor(
        Objects.requireNonNull(manager, "There is no manager"),
        Objects.requireNonNull(settings, "There are no settings"));
  }

  public CodeExecutorSettings settings() {
    return this.settings;
  }

  /**
   * A script, whose result is the value of its last expression; {@code await} may stand anywhere
   * outside of functions.
   */
  public CodeScript javascript(String source) {
    return new CodeScript(this.manager, this.settings, source, false);
  }

  /** An ES module, whose result is its default export, or else an object of all that it exports. */
  public CodeScript module(String source) {
    return new CodeScript(this.manager, this.settings, source, true);
  }

  /**
   * A script in TypeScript, read as strict. Its types are taken away as {@link
   * CodeOptimizer#stripTypes} does, so that stacks have the lines and columns of the source; nobody
   * checks them.
   *
   * @throws CodeException {@code SYNTAX} or {@code UNSUPPORTED} as there
   */
  public CodeScript typescript(String source) {
    return javascript(stripped(source));
  }

  /**
   * An ES module in TypeScript, whose types are taken away; what it imports is JavaScript.
   *
   * @throws CodeException {@code SYNTAX} or {@code UNSUPPORTED} as {@link #typescript} does
   */
  public CodeScript typescriptModule(String source) {
    return module(stripped(source));
  }

  private String stripped(String source) {
    return CodeOptimizer.of(this.manager).stripTypes(source, CodeLanguage.TYPESCRIPT);
  }
}

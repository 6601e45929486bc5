package io.github.wasmspring.benchmarks.compare;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.bundle.compression.Compression;
import io.github.wasmspring.bundle.json.Json;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleProvider;
import io.github.wasmspring.module.WasmModuleSettings;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.runtime.WasmRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * This runtime: beans as {@code @WasmModule} makes them, with default settings but for {@code
 * pool.reset=none} where the case is the call itself, and their fallbacks in Java.
 */
final class BeanContender implements Contender {

  /** A folder for compiled code that another process has filled. */
  static final String STORE_PROPERTY = "compare.store";

  private static final long STORE_BYTES = 256L << 20;
  private static final int MANY_INSTANCES = 64;

  private final WasmRuntime runtime;
  private final WasmExecutionMode mode;
  private @Nullable String manyInstances;

  private BeanContender(WasmExecutionMode mode, String engine) {
    this.mode = mode;
    this.runtime = WasmRuntime.builder().engine(engine).codeStore(store()).build();
    for (WasmModuleProvider provider : ServiceLoader.load(WasmModuleProvider.class)) {
      for (WasmModuleDescriptor module : provider.modules()) {
        register(module.toBuilder().executionMode(mode));
      }
    }
  }

  private static @Nullable CompiledCodeStore store() {
    String folder = System.getProperty(STORE_PROPERTY);
    return folder == null ? null : new CompiledCodeStore(Path.of(folder), STORE_BYTES);
  }

  /**
   * @param engine the one that runs the modules
   */
  static BeanContender inWasm(String engine) {
    return new BeanContender(WasmExecutionMode.WASM, engine);
  }

  static BeanContender inJava() {
    return new BeanContender(WasmExecutionMode.JAVA, "chicory");
  }

  private void register(WasmModuleDescriptor.Builder module) {
    this.runtime.register(module.build());
  }

  private <B> B bean(Class<B> type) {
    return this.runtime.manager().bind(type);
  }

  /** A guest of the benchmarks' own. */
  private <B> B bean(Class<B> type, String guest, Consumer<WasmModuleSettings.Builder> change) {
    register(
        WasmModuleDescriptor.builder(guest)
            .location("classpath:wasm/" + guest + ".wasm")
            .settings(change)
            .executionMode(this.mode));
    return this.runtime.manager().bind(type, guest, "*");
  }

  @Override
  public Task task(String name) {
    return switch (name) {
      case "call.scalar" -> scalar(bean(Calls.class, Work.CALLS, BeanContender::unchanged));
      case "call.string-1k" -> text(bean(Calls.class, Work.CALLS, BeanContender::unchanged));
      case "call.bytes-1m" -> bytes(bean(BytesEcho.class, Work.MEGABYTE, BeanContender::unchanged));
      case "instantiate.calls" -> scalar(bean(Calls.class, Work.CALLS, BeanContender::fresh));
      case "instantiate.json" -> newJson();
      default -> kernel(Kernels.named(name.substring("kernel.".length())));
    };
  }

  private static WasmModuleSettings.Builder unchanged(WasmModuleSettings.Builder settings) {
    return settings.pool(pool -> pool.reset(WasmResetPolicy.NONE));
  }

  private static WasmModuleSettings.Builder fresh(WasmModuleSettings.Builder settings) {
    return settings.pool(pool -> pool.reset(WasmResetPolicy.FRESH));
  }

  private <B> Task kernel(Kernel<B> kernel) {
    B bean =
        ModuleFile.isBundled(kernel.module())
            ? bean(kernel.bean())
            : bean(kernel.bean(), kernel.module(), settings -> {});
    Supplier<Object> call = () -> kernel.call().apply(bean);
    return this.mode == WasmExecutionMode.JAVA
        ? KernelTask.checked(kernel, call)
        : KernelTask.checkedModule(kernel, call);
  }

  private static Task scalar(Calls calls) {
    Work.check(42, calls.add(20, 22));
    return previous -> calls.add((int) previous, Work.next(previous));
  }

  private static Task text(Calls calls) {
    String text = Work.kilobyte();
    Work.check(text, calls.echo(text));
    return previous -> previous + calls.echo(text).length();
  }

  private static Task bytes(BytesEcho echo) {
    byte[] bytes = Work.megabyte();
    Work.check(bytes, echo.echo(bytes));
    return previous -> previous + echo.echo(bytes).length;
  }

  private Task newJson() {
    Json json =
        this.runtime.manager().bind(Json.class, changed(Work.JSON, BeanContender::fresh), "*");
    return previous -> {
      Work.check(Work.TINY_ANSWER, json.minify(Work.TINY_DOCUMENT));
      return previous + 1;
    };
  }

  /** A bundled module under another name and with other settings. */
  private String changed(String id, Consumer<WasmModuleSettings.Builder> change) {
    String name = id + "-changed";
    for (WasmModuleProvider provider : ServiceLoader.load(WasmModuleProvider.class)) {
      for (WasmModuleDescriptor module : provider.modules()) {
        if (module.id().equals(id)) {
          register(
              WasmModuleDescriptor.builder(name)
                  .location("classpath:META-INF/wasm/" + id + ".wasm")
                  .compiledClass(module.compiledClass())
                  .classLoader(module.classLoader())
                  .settings(module.settings())
                  .settings(change));
        }
      }
    }
    return name;
  }

  @Override
  public Task caller() {
    Json json = bean(Json.class);
    return previous -> {
      Work.check(Work.SMALL_ANSWER, json.minify(Work.SMALL_DOCUMENT));
      return previous + 1;
    };
  }

  @Override
  public AutoCloseable instance(String module) {
    if (this.manyInstances == null) {
      this.manyInstances = many(module);
    }
    WasmSession session = this.runtime.manager().open(this.manyInstances);
    if (module.equals(Work.CALLS)) {
      Work.check(42, (int) session.call("add", 20, 22)[0]);
    } else {
      Work.check(Work.TINY_ANSWER, session.bind(Json.class).minify(Work.TINY_DOCUMENT));
    }
    return session;
  }

  private String many(String module) {
    Consumer<WasmModuleSettings.Builder> size =
        settings -> fresh(settings).pool(pool -> pool.min(0).max(MANY_INSTANCES));
    if (module.equals(Work.CALLS)) {
      bean(Calls.class, module, size);
      return module;
    }
    return changed(module, size);
  }

  @Override
  public void firstCall(String module) {
    switch (module) {
      case Work.CALLS -> Work.check(42, bean(Calls.class, module, settings -> {}).add(20, 22));
      case Work.JSON -> Work.check(Work.TINY_ANSWER, bean(Json.class).minify(Work.TINY_DOCUMENT));
      case "compression" ->
          FirstCalls.checkGzip(bean(Compression.class).gzip(FirstCalls.small(), 6));
      default -> dprint(module.replace("-again", ""));
    }
  }

  private void dprint(String module) {
    register(
        WasmModuleDescriptor.builder(module)
            .location(ModuleFile.fetched(module).toUri().toString())
            .settings(
                settings ->
                    settings.limits(
                        limits ->
                            limits.compileTimeout(Duration.ofMinutes(10)).memory(STORE_BYTES)))
            .executionMode(this.mode));
    FirstCalls.checkDprint(
        this.runtime
            .manager()
            .module(module)
            .operation(FirstCalls.DPRINT_EXPORT)
            .retrieve(Integer.class)
            .value());
  }

  @Override
  public void close() {
    this.runtime.close();
  }
}

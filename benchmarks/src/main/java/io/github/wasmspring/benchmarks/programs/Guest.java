package io.github.wasmspring.benchmarks.programs;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.engine.jvm.JvmEngine;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.runtime.WasmRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An instance of a module of the C world, whose host functions all answer 0. */
public interface Guest {

  /** Bytes of memory that it may have here. */
  long ROOM = 256L << 20;

  /** The first result, 0 if there is none. */
  int call(String export, int... arguments);

  void write(int address, byte[] bytes);

  int readInt(int address);

  byte[] read(int address, int length);

  /** Text that ends with a zero. */
  String readText(int address);

  /** Chicory as its documentation shows it. */
  static Guest onChicory(byte[] module) {
    WasmModule parsed = Parser.parse(module);
    ImportValues.Builder imports = ImportValues.builder();
    for (int i = 0; i < parsed.importSection().importCount(); i++) {
      if (parsed.importSection().getImport(i) instanceof FunctionImport function) {
        var type = parsed.typeSection().getType(function.typeIndex());
        long[] zeros = new long[type.returns().size()];
        imports.addFunction(
            new HostFunction(
                function.module(), function.name(), type, (instance, arguments) -> zeros));
      }
    }
    return new OnChicory(
        Instance.builder(parsed)
            .withImportValues(imports.build())
            .withMachineFactory(
                MachineFactoryCompiler.builder(parsed)
                    .withInterpreterFallback(InterpreterFallback.SILENT)
                    .compile())
            .build());
  }

  /** What a module imports, for {@link #here}. */
  static List<WasmImportDefinition> answering0(byte[] module) {
    return new JvmEngine()
        .compile(new WasmBinary(module, "none", "file"), WasmEngineMode.COMPILED).imports().stream()
            .filter(item -> item.type() != null)
            .map(Guest::answering0)
            .toList();
  }

  /** A session of this runtime on the engine of that name. */
  static Guest here(
      byte[] module, List<WasmImportDefinition> imports, String engine, boolean split) {
    try {
      Path file = Files.createTempFile("guest", ".wasm");
      Files.write(file, module);
      file.toFile().deleteOnExit();
      WasmRuntime runtime = WasmRuntime.builder().engine(engine).build();
      runtime.register(
          WasmModuleDescriptor.builder("guest")
              .location(file.toUri().toString())
              .imports(imports.toArray(WasmImportDefinition[]::new))
              .settings(
                  settings ->
                      settings
                          .splitBigFunctions(split)
                          .limits(
                              limits ->
                                  limits
                                      .timeout(Duration.ofMinutes(5))
                                      .compileTimeout(Duration.ofMinutes(10))
                                      .memory(ROOM)))
              .build());
      return new InSession(runtime.manager().open("guest"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static WasmImportDefinition answering0(WasmImportedItem item) {
    long[] zeros = new long[item.type().results().size()];
    return new WasmImportDefinition(
        item.module(), item.name(), item.type(), (caller, arguments) -> zeros);
  }

  /** On an instance of Chicory. */
  record OnChicory(Instance instance) implements Guest {

    @Override
    public int call(String export, int... arguments) {
      long[] results = this.instance.export(export).apply(longs(arguments));
      return results == null || results.length == 0 ? 0 : (int) results[0];
    }

    @Override
    public void write(int address, byte[] bytes) {
      this.instance.memory().write(address, bytes);
    }

    @Override
    public byte[] read(int address, int length) {
      return this.instance.memory().readBytes(address, length);
    }

    @Override
    public int readInt(int address) {
      return this.instance.memory().readInt(address);
    }

    @Override
    public String readText(int address) {
      return this.instance.memory().readCString(address);
    }
  }

  /** In a session. */
  record InSession(WasmSession session) implements Guest {

    @Override
    public int call(String export, int... arguments) {
      long[] results = this.session.call(export, longs(arguments));
      return results.length == 0 ? 0 : (int) results[0];
    }

    @Override
    public void write(int address, byte[] bytes) {
      this.session.memory().write(address, bytes);
    }

    @Override
    public byte[] read(int address, int length) {
      return this.session.memory().read(address, length);
    }

    @Override
    public int readInt(int address) {
      return this.session.memory().readInt(address);
    }

    @Override
    public String readText(int address) {
      int end = address;
      while (this.session.memory().readByte(end) != 0) {
        end++;
      }
      return new String(this.session.memory().read(address, end - address), StandardCharsets.UTF_8);
    }
  }

  private static long[] longs(int[] values) {
    long[] longs = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      longs[i] = values[i];
    }
    return longs;
  }
}

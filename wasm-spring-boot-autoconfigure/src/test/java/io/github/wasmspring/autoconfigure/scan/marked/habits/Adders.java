package io.github.wasmspring.autoconfigure.scan.marked.habits;

import io.github.wasmspring.WasmHostFunctions;
import io.github.wasmspring.WasmImport;
import io.github.wasmspring.WasmModule;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Description;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;

/** Interfaces and classes of modules, with the annotations that components may have. */
public final class Adders {

  private Adders() {}

  /** A super-interface of several. */
  public interface Adder {

    int add(int a, int b);
  }

  @WasmModule("calc")
  @Qualifier("eager")
  public interface EagerAdder extends Adder {}

  /** Its module is nowhere: whoever asks for it fails. */
  @Lazy
  @WasmModule("nowhere")
  public interface LazyAdder extends Adder {}

  @Primary
  @Description("The one to take")
  @WasmModule(id = "${adder.module:calc}", version = "${adder.version:*}")
  public interface PrimaryAdder extends Adder {}

  /** Found after the one that extends it. */
  @WasmModule("calc")
  public interface ZeroAdder {

    int add(int a, int b);
  }

  /** Extends another module's interface, and does not stand in for it. */
  @WasmModule("calc")
  public interface BaseOfTwo extends ZeroAdder {}

  @Scope("prototype")
  @WasmModule("calc")
  public interface PrototypeAdder {

    int add(int a, int b);
  }

  @WasmModule(
      id = "${host.id:placed}",
      version = "${host.version}",
      location = "classpath:wasm/${host.file:host}.wasm",
      digest = "${host.digest:}")
  static class Placed {

    @WasmImport
    int peek(int address) {
      return address;
    }
  }

  @WasmModule("needs-import")
  @Scope(value = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
  static class Scoped {

    @WasmImport
    void logAll(int first, int second) {}
  }

  /** What it needs comes from the context, as with any other component. */
  @WasmHostFunctions
  record Recorded(Placed placed) {

    @WasmImport(module = "recorded")
    int twice(int number) {
      return 2 * this.placed.peek(number);
    }
  }

  @WasmModule(id = "of-a-record", location = "classpath:wasm/calc.wasm")
  record ModuleRecord() {}
}

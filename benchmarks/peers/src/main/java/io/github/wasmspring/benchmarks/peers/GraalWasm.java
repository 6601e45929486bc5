package io.github.wasmspring.benchmarks.peers;

import io.github.wasmspring.benchmarks.compare.ModuleFile;
import io.github.wasmspring.benchmarks.compare.RawEngine;
import io.github.wasmspring.benchmarks.compare.RawModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.ByteSequence;

/** GraalWasm through the polyglot interface; the JVM's options say whether it has a compiler. */
public final class GraalWasm implements RawEngine {

  @Override
  public Set<String> names() {
    return Set.of("graalwasm", "graalwasm-jit");
  }

  @Override
  public RawModule load(ModuleFile file) {
    try {
      Source source =
          Source.newBuilder("wasm", ByteSequence.create(file.bytes()), file.name()).build();
      Engine engine =
          Engine.newBuilder("wasm").option("engine.WarnInterpreterOnly", "false").build();
      return () -> instance(engine, source);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static GraalGuest instance(Engine engine, Source source) {
    Context context = Context.newBuilder("wasm").engine(engine).build();
    context.enter();
    Value module = context.eval(source);
    // Before version 25 a module is its only instance.
    Value exports = module.canInstantiate() ? module.newInstance().getMember("exports") : module;
    return new GraalGuest(context, exports);
  }
}

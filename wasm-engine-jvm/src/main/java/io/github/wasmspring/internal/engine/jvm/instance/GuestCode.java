package io.github.wasmspring.internal.engine.jvm.instance;

import io.github.wasmspring.engine.WasmCompileProgress;
import io.github.wasmspring.internal.engine.jvm.module.CodeOffsets;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import io.github.wasmspring.internal.engine.jvm.module.StackFrames;
import io.github.wasmspring.internal.engine.jvm.run.GuestContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The classes of a module for one form of its memories, and what the host calls them through. */
public final class GuestCode {

  public final GuestModule module;
  final StackFrames frames;
  final CodeOffsets offsets;

  private final GuestClasses classes;
  private final Map<Integer, GuestFunction> entries = new ConcurrentHashMap<>();

  public GuestCode(GuestModule module, GuestClasses classes) {
    this.module = module;
    this.classes = classes;
    this.frames = new StackFrames(classes::has);
    this.offsets = new CodeOffsets(this.frames, module.facts);
  }

  public GuestClasses classes() {
    return this.classes;
  }

  /** See {@link io.github.wasmspring.engine.WasmCode#compileAll}. */
  boolean compileAll(WasmCompileProgress progress) {
    int count = this.module.groupCount();
    for (int i = 0; i < count; i++) {
      if (!progress.compiled(i, count)) {
        return false;
      }
      this.classes.makeGroup(i);
    }
    return true;
  }

  GuestFunction entry(int function) {
    GuestFunction known = this.entries.get(function);
    if (known == null) {
      known =
          this.module.isEntry(function)
              ? this.classes.newEntry(function)
              : this.classes.newElement(this.module.signatureOf(function).id());
      known.belongTo(this, function);
      this.entries.put(function, known);
    }
    return known;
  }

  /** For a new instance. */
  GuestContext newContext() {
    GuestContext context = this.classes.newContext();
    adopt(context);
    return context;
  }

  /** Lets an instance run this code. */
  void adopt(GuestContext context) {
    context.values = this.classes.newValues();
    for (int i = 0; i < context.memories.length; i++) {
      context.memories[i].take(this.module.memory(i));
    }
    context.hasCopiedMuch = false;
  }
}

package io.github.wasmspring.engine.jvm;

import io.github.wasmspring.split.BigFunction;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The classes of a module for one form of its memories, and what the host calls them through. */
final class GuestCode {

  final GuestModule module;
  final StackFrames frames;

  private final ModuleClassLoader classes;
  private final Map<Integer, GuestFunction> entries = new ConcurrentHashMap<>();

  /**
   * @param split the functions that were split
   */
  GuestCode(GuestModule module, ModuleClassLoader classes, List<BigFunction> split) {
    this.module = module;
    this.classes = classes;
    this.frames = new StackFrames(classes.getName(), module.facts.functionCount(), split);
  }

  ModuleClassLoader classes() {
    return this.classes;
  }

  GuestFunction entry(int function) {
    GuestFunction known = this.entries.get(function);
    if (known == null) {
      known = (GuestFunction) make(Names.ENTRY + function);
      known.belongTo(this, function);
      this.entries.put(function, known);
    }
    return known;
  }

  /** For a new instance. */
  GuestContext newContext() {
    GuestContext context = (GuestContext) make(Names.CONTEXT_CLASS);
    adopt(context);
    return context;
  }

  /** Lets an instance run this code. */
  void adopt(GuestContext context) {
    context.values = make(Names.VALUES_CLASS);
    for (int i = 0; i < context.memories.length; i++) {
      context.memories[i].take(this.module.memory(i));
    }
    context.hasCopiedMuch = false;
  }

  private Object make(String name) {
    try {
      return Class.forName(Names.PACKAGE + name, true, this.classes).getConstructor().newInstance();
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

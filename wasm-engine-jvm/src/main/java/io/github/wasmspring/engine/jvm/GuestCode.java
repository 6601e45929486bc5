package io.github.wasmspring.engine.jvm;

import io.github.wasmspring.split.BigFunction;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The classes of a module for one form of its memories, and what the host calls them through. */
final class GuestCode {

  final GuestModule module;
  final StackFrames frames;

  private final ModuleClasses classes;
  private final List<BigFunction> big;
  private final Map<Integer, GuestFunction> entries = new ConcurrentHashMap<>();

  /**
   * @param module as it was before functions were split
   * @param big those that HotSpot would not compile, be it that they were split
   */
  GuestCode(GuestModule module, ModuleClasses classes, List<BigFunction> big) {
    this.module = module;
    this.classes = classes;
    this.big = big;
    this.frames = new StackFrames(classes::has, module.facts.functionCount(), big);
  }

  List<BigFunction> bigFunctions() {
    return this.big;
  }

  ModuleClasses classes() {
    return this.classes;
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

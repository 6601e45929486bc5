package io.github.wasmspring.sample;

import java.util.function.Consumer;

/** What the hostile module can be asked to do. */
enum HostileDeed {
  LOOP(Hostile::loopForever),
  MEMORY(Hostile::takeMemory),
  RECURSION(module -> module.recurse(0)),
  SPYING(Hostile::lookAround),
  TRAP(Hostile::trap);

  private final Consumer<Hostile> call;

  HostileDeed(Consumer<Hostile> call) {
    this.call = call;
  }

  void ask(Hostile module) {
    this.call.accept(module);
  }
}

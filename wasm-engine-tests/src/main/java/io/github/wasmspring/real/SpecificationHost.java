package io.github.wasmspring.real;

import io.github.wasmspring.testing.ModuleMaker;
import java.util.List;

/** The modules that export what the official test suite wants of its host. */
final class SpecificationHost {

  /** What modules import it from. */
  static final String NAME = "spectest";

  /** The first is for all engines, the others for those that have what they need. */
  static final List<byte[]> MODULES =
      List.of(
          usual().bytes(),
          new ModuleMaker().table("70 05 0a 14").export("table64", ModuleMaker.TABLE, 0).bytes(),
          new ModuleMaker()
              .memory("03 01 02")
              .export("shared_memory", ModuleMaker.MEMORY, 0)
              .bytes());

  private SpecificationHost() {}

  private static ModuleMaker usual() {
    ModuleMaker module =
        new ModuleMaker()
            .type("60 00 00")
            .type("60 01 7f 00")
            .type("60 01 7e 00")
            .type("60 01 7d 00")
            .type("60 01 7c 00")
            .type("60 02 7f 7d 00")
            .type("60 02 7c 7c 00")
            .table("70 01 0a 14")
            .memory("01 01 02")
            .global("7f 00 41 9a 05 0b")
            .global("7e 00 42 9a 05 0b")
            .global("7d 00 43 66 a6 26 44 0b")
            .global("7c 00 44 cd cc cc cc cc d4 84 40 0b")
            .export("table", ModuleMaker.TABLE, 0)
            .export("memory", ModuleMaker.MEMORY, 0);
    String[] globals = {"global_i32", "global_i64", "global_f32", "global_f64"};
    for (int i = 0; i < globals.length; i++) {
      module.export(globals[i], ModuleMaker.GLOBAL, i);
    }
    String[] prints = {
      "print", "print_i32", "print_i64", "print_f32", "print_f64", "print_i32_f32", "print_f64_f64"
    };
    for (int i = 0; i < prints.length; i++) {
      module.function(i, "00 0b").export(prints[i], ModuleMaker.FUNCTION, i);
    }
    return module;
  }
}

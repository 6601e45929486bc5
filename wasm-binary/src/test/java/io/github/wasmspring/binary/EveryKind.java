package io.github.wasmspring.binary;

import static io.github.wasmspring.binary.ModuleBuilder.content;

/** A module with something in every section and with every kind of what follows opcodes. */
final class EveryKind {

  private EveryKind() {}

  static byte[] module() {
    return ModuleBuilder.module()
        .section(0, content().name("note").add(1, 2, 3))
        .section(
            1,
            content()
                .add(3, 0x60, 0, 1, 0x7f, 0x60, 2, 0x7f, 0x7e, 2, 0x7d, 0x7c, 0x60, 1, 0x70, 0))
        .section(
            2,
            content()
                .add(5)
                .name("host")
                .name("call")
                .add(0, 1)
                .name("host")
                .name("table")
                .add(1, 0x70, 1, 1, 9)
                .name("host")
                .name("memory")
                .add(2, 3, 1, 2)
                .name("host")
                .name("global")
                .add(3, 0x7e, 1)
                .name("host")
                .name("tag")
                .add(4, 0, 2))
        .section(3, content().add(2, 0, 2))
        .section(4, content().add(1, 0x6f, 0, 3))
        .section(5, content().add(1, 1, 1, 4))
        .section(13, content().add(1, 0, 2))
        .section(6, content().add(2, 0x7f, 0, 0x41, 7, 0x0b, 0x70, 1, 0xd2, 1, 0x0b))
        .section(
            7,
            content()
                .add(5)
                .name("f")
                .add(0, 1)
                .name("t")
                .add(1, 1)
                .name("m")
                .add(2, 1)
                .name("g")
                .add(3, 0)
                .name("e")
                .add(4, 1))
        .section(8, content().add(1))
        .section(9, content().add(2, 0, 0x41, 0, 0x0b, 1, 1, 5, 0x70, 1, 0xd0, 0x70, 0x0b))
        .section(12, content().add(1))
        .section(10, content().add(2).sized(body()).add(2, 0, 0x0b))
        .section(11, content().add(1, 0, 0x41, 0, 0x0b, 3, 'a', 'b', 'c'))
        .build();
  }

  private static ModuleBuilder body() {
    return content()
        .add(1, 2, 0x7f)
        .add(0x02, 0x40, 0x0c, 0, 0x0b)
        .add(0x41, 1, 0x04, 0x7f, 0x41, 2, 0x05, 0x41, 3, 0x0b)
        .add(0x41, 0, 0x28, 2, 4, 0x1a)
        .add(0x42, 5, 0x1a, 0x43, 0, 0, 0, 0, 0x1a, 0x44, 0, 0, 0, 0, 0, 0, 0, 0, 0x1a)
        .add(0x41, 0, 0x0e, 1, 0, 0)
        .add(0xfc, 8, 0, 0, 0xfc, 10, 0, 0, 0xfc, 12, 0, 0, 0xfc, 15, 0)
        .add(0xfd, 12, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0x1a)
        .add(0xfe, 3, 0)
        .add(0x1f, 0x40, 1, 0, 0, 0, 0x0b)
        .add(0x11, 0, 0, 0x0b);
  }
}

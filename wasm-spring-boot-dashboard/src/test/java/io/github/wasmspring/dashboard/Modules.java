package io.github.wasmspring.dashboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** Small modules, byte by byte. */
public final class Modules {

  private static final String HEAD = "0061736d01000000" + "010401600000" + "03020100";

  private Modules() {}

  /** Its export {@code boom} traps. */
  public static Path boom(Path folder) throws IOException {
    return write(folder, "boom.wasm", HEAD + "07080104626f6f6d0000" + "0a05010300000b");
  }

  /** Its export {@code spin} never ends. */
  public static Path spin(Path folder) throws IOException {
    return write(
        folder, "spin.wasm", HEAD + "070801047370696e0000" + "0a090107000340" + "0c000b0b");
  }

  private static Path write(Path folder, String name, String hex) throws IOException {
    return Files.write(folder.resolve(name), HexFormat.of().parseHex(hex));
  }
}

package io.github.wasmspring.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WasmDigestTest {

  /** Of "abc", as FIPS 180-2 has it. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir private Path folder;

  private String listed(String file) throws IOException {
    Files.writeString(
        this.folder.resolve("SHA256SUMS"), "0".repeat(64) + "  other.wasm\n" + ABC + "  b.wasm\n");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {this.folder.toUri().toURL()})) {
      return WasmDigest.listed(loader, "SHA256SUMS", file);
    }
  }

  @Test
  void aListSaysWhatAFileIs() throws IOException {
    assertThat(listed("b.wasm")).isEqualTo("sha256:" + ABC).isEqualTo(WasmDigest.of(abc()));
  }

  private static byte[] abc() {
    return new byte[] {'a', 'b', 'c'};
  }

  @Test
  void aFileThatIsNotInTheListIsNamed() {
    assertThatIllegalStateException()
        .isThrownBy(() -> listed("c.wasm"))
        .withMessageContaining("SHA256SUMS")
        .withMessageContaining("c.wasm");
  }

  @Test
  void aListThatIsNotThereIsNamed() {
    assertThatIllegalStateException()
        .isThrownBy(
            () -> WasmDigest.listed(getClass().getClassLoader(), "none/SHA256SUMS", "b.wasm"))
        .withMessageContaining("none/SHA256SUMS");
  }
}

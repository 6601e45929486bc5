package io.github.wasmspring.internal.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.testing.Guests;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DebugNamesTest {

  private static byte[] withNames(byte[] module, int... subsection) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(module);
    bytes.write(0);
    bytes.write(5 + subsection.length);
    bytes.write(4);
    bytes.writeBytes("name".getBytes(StandardCharsets.US_ASCII));
    for (int each : subsection) {
      bytes.write(each);
    }
    return bytes.toByteArray();
  }

  private static Map<Integer, String> names(byte[] module) {
    return DebugNames.read(module, ModuleFacts.of(module));
  }

  @Test
  void exportedFunctionsHaveTheNamesOfTheirExports() {
    assertThat(names(Guests.bytes("profile")))
        .containsEntry(1, "hot")
        .containsEntry(2, "cold")
        .hasSize(4);
  }

  @Test
  void namesForDebuggingComeFirst() {
    byte[] module = withNames(Guests.bytes("profile"), 1, 6, 1, 1, 3, 'a', 'b', 'c');

    assertThat(names(module)).containsEntry(1, "abc").containsEntry(2, "cold");
  }

  @Test
  void damagedNamesAreLeftOut() {
    byte[] module = withNames(Guests.bytes("profile"), 1, 6, 9, 1, 3, 'a', 'b', 'c');

    assertThat(names(module)).containsEntry(2, "cold");
  }
}

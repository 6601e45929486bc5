package io.github.wasmspring.internal.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Blake2b512Test {

  @TempDir private Path directory;

  /** Appendix A of RFC 7693. */
  @Test
  void theExampleOfTheStandard() {
    assertThat(hash("abc".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(
            "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
                + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
  }

  @Test
  void nothing() {
    assertThat(hash(new byte[0]))
        .isEqualTo(
            "786a02f742015903c6c6fd852552d272912f4740e15847618a86e217f71f5419"
                + "d25e1031afee585313896444934eb04b903a685b1448b755d56f701afe9be2ce");
  }

  /** At all lengths around the ends of blocks; of GNU coreutils. */
  @Test
  void asB2sum() throws IOException, InterruptedException {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/b2sum")), "there is no b2sum");
    Random random = new Random(1);
    for (int length : new int[] {1, 2, 63, 64, 127, 128, 129, 255, 256, 257, 1000, 100_000}) {
      byte[] message = new byte[length];
      random.nextBytes(message);
      assertThat(hash(message)).as("%d bytes", length).isEqualTo(b2sum(message));
    }
  }

  private String b2sum(byte[] message) throws IOException, InterruptedException {
    Path file = Files.write(this.directory.resolve("message"), message);
    Process process = new ProcessBuilder("/usr/bin/b2sum", file.toString()).start();
    String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return line.substring(0, line.indexOf(' '));
  }

  private static String hash(byte[] message) {
    return HexFormat.of().formatHex(Blake2b512.hash(message));
  }
}

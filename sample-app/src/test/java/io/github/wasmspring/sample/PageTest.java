package io.github.wasmspring.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.plugin.WasmPluginOutcome;
import io.github.wasmspring.plugin.WasmPluginRevision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.web.util.HtmlUtils;

/** What the page shows as Java is Java that runs, and it fetches nothing from elsewhere. */
@SpringBootTest
@Import(PageExamples.class)
class PageTest {

  private static final Path STATIC = Path.of("src/main/resources/static");
  private static final Pattern SHOWN =
      Pattern.compile("<pre class=\"java\" tabindex=\"0\">(.*?)</pre>", Pattern.DOTALL);

  @Autowired private PageExamples examples;

  @Test
  void everyExampleStandsInPageExamples() throws IOException {
    String source =
        unindented(
            Files.readString(
                Path.of("src/test/java/io/github/wasmspring/sample/PageExamples.java")));
    Matcher shown = SHOWN.matcher(Files.readString(STATIC.resolve("index.html")));
    int count = 0;
    while (shown.find()) {
      count++;
      assertThat(source).contains(unindented(HtmlUtils.htmlUnescape(shown.group(1))));
    }
    assertThat(count).isEqualTo(15);
  }

  private static String unindented(String text) {
    return text.lines().map(String::strip).reduce("", (all, line) -> all + line + "\n");
  }

  @Test
  void nothingComesFromElsewhere() throws IOException {
    try (Stream<Path> files = Files.walk(STATIC)) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(Files.readString(file).replace("http://www.w3.org/2000/svg", ""))
                      .doesNotContainPattern("(src|href|from|url|import)\\W{1,3}(https?:)?//"));
    }
  }

  private static byte[] bytes(String module) throws IOException {
    return Files.readAllBytes(Path.of("src/main/resources/wasm", module + ".wasm"));
  }

  @Test
  void theExamplesRun() throws IOException {
    assertThat(this.examples.json("{\"languages\":[\"Rust\"]}").subList(1, 3))
        .containsExactly(true, "\"Rust\"");
    assertThat(this.examples.schema("{\"maxLength\":1}", "\"long\""))
        .singleElement()
        .asString()
        .contains("expected at most 1");
    assertThat(this.examples.formats()).containsExactly(false, "this month has no such day");
    byte[] data = "the same the same the same the same the same".getBytes(UTF_8);
    List<byte[]> compressed = this.examples.compression(data);
    assertThat(compressed.get(0)).hasSizeLessThan(data.length);
    assertThat(compressed.get(1)).isEqualTo(data);
    assertThat(this.examples.hashes(data)).hasSize(3);
    assertThat(this.examples.crypto(new byte[16], new byte[0], data)).isEqualTo(data);
    assertThat(this.examples.text("sea, sea").get(0)).isEqualTo(2);
    assertThat(this.examples.differences("abc".getBytes(UTF_8), "axc".getBytes(UTF_8)))
        .isEqualTo("axc".getBytes(UTF_8));
    assertThat(this.examples.documents(List.of("a red herring", "seven lighthouses"), "lighthouse"))
        .isEqualTo("seven lighthouses");
    assertThat(this.examples.spectrum(new double[] {1, 2, 3, 4}).get(1)).isEqualTo(4L);
    assertThat(this.examples.clusters(new double[] {0, 0, 0, 1, 1, 0, 1, 1}, 1)).hasSize(4);
    assertThat(
            this.examples.matrix(
                new double[] {2}, new double[] {3}, new float[] {2}, new float[] {3}, 1, 1, 1, 2))
        .isTrue();
    assertThat(this.examples.greeter().get(0)).isEqualTo("Hello, Ada! Nice to meet you.");
    assertThat(this.examples.plugin(bytes("discount-five"), bytes("discount-ten")))
        .extracting(WasmPluginRevision::version, WasmPluginRevision::outcome)
        .containsExactly(
            tuple("1.1.0", WasmPluginOutcome.ROLLED_BACK),
            tuple("1.0.0", WasmPluginOutcome.ACTIVE));
    assertThat(this.examples.hostile()).isEqualTo(WasmErrorCategory.TIMEOUT);
  }
}

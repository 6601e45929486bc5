package io.github.wasmspring.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.load.WasmSignatures;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a location promises of a file, and what only looks like it. */
class LocationFileTest {

  private static final String KEY = "RWRcDudKkIZI8wFq0sfhINOIbQvlt3JNAsDOwS4Wi8ZpQtcGxx24rZWv";

  @ParameterizedTest
  @CsvSource({
    "file:/opt/a.wasm.gz, GZIP, file:/opt/a.wasm",
    "file:/opt/a?b#c.wasm.gz, GZIP, file:/opt/a?b#c.wasm",
    "classpath:a.wasm.zst, ZSTD, classpath:a.wasm",
    "https://example.org/a.wasm.BR, BROTLI, https://example.org/a.wasm",
    "https://example.org/a.wasm.gz?x=/1#y, GZIP, https://example.org/a.wasm?x=/1#y",
    "https://example.org/a.wasm.gz#y?z, GZIP, https://example.org/a.wasm#y?z",
    "s3://bucket/a.wasm.gz, GZIP, s3://bucket/a.wasm",
    "store:a.wasm.gz, GZIP, store:a.wasm",
    "oci:example.org/loja:1!a.wasm.gz, GZIP, oci:example.org/loja:1!a.wasm"
  })
  void whatIsPacked(String location, Packing packing, String plain) {
    assertThat(Packing.ofLocation(location)).isEqualTo(packing);
    assertThat(Packing.locationWithoutSuffix(location)).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "oci:example.org/loja.br",
        "oci:example.org/rules:v1.gz",
        "oci:example.br/rules:1!a.wasm",
        "https://modules.example.br",
        "https://modules.example.br?x",
        "https://modules.example.br/a.wasm",
        "https://example.org/a.wasm?x=b.gz",
        "https://example.org/a.wasm#b.gz",
        "https://example.org?x=/b.gz"
      })
  void whatOnlyLooksLikeIt(String location) {
    assertThat(Packing.ofLocation(location)).isNull();
    assertThat(Packing.locationWithoutSuffix(location)).isEqualTo(location);
  }

  @ParameterizedTest
  @CsvSource({
    "file:/opt/a.wasm.gz, file:/opt/a.wasm.minisig",
    "https://example.org/a.wasm.gz?x=1#y, https://example.org/a.wasm.minisig?x=1#y",
    "https://example.org/a.wasm#y, https://example.org/a.wasm.minisig#y",
    "https://modules.example.br, https://modules.example.br/.minisig",
    "https://modules.example.br?x, https://modules.example.br/.minisig?x",
    "oci:example.org/loja.br, oci:example.org/loja.br!*.minisig",
    "oci:example.org/rules:v1.gz, oci:example.org/rules:v1.gz!*.minisig",
    "oci:example.org/rules:1!a.wasm.gz, oci:example.org/rules:1!*.minisig"
  })
  void whereTheSignatureIs(String location, String signature) {
    assertThat(signaturesOf(location)).containsExactly(signature);
  }

  private static List<String> signaturesOf(String location) {
    return new SignatureGate(
            WasmSignatures.builder()
                .required(WasmSignatures.Required.ALWAYS)
                .trust("anybody", KEY, null)
                .build(),
            Clock.systemUTC())
        .locations(WasmModuleDescriptor.builder("plugin").location(location).build());
  }
}

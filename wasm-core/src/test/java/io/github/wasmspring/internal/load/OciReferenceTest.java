package io.github.wasmspring.internal.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.internal.module.ShownLocation;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OciReferenceTest {

  private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

  @ParameterizedTest
  @CsvSource({
    "oci:registry.example.com/team/plugin:1.2, registry.example.com/team/plugin:1.2",
    "oci:registry.example.com/team/plugin, registry.example.com/team/plugin:latest",
    "oci:localhost/plugin:v1, localhost/plugin:v1",
    "oci:localhost:5000/a/b/c-d_e.f:V1.2_x-y, localhost:5000/a/b/c-d_e.f:V1.2_x-y",
    "oci:[::1]:5000/plugin:1, [::1]:5000/plugin:1",
    "oci:docker.io/plugin:1, docker.io/library/plugin:1",
    "oci:ghcr.io/team/plugin:1!plugin.wasm, ghcr.io/team/plugin:1",
  })
  void namesAnArtifact(String location, String shown) throws IOException {
    assertThat(OciReference.parse(location)).hasToString(shown);
    assertThat(ShownLocation.of(location)).isEqualTo(location);
  }

  @Test
  void aDigestGoesBeforeATag() throws IOException {
    OciReference both = OciReference.parse("oci:a.example/b:1.2@" + DIGEST + "!c.wasm");

    assertThat(both.tagOrDigest()).isEqualTo(DIGEST);
    assertThat(both.file()).isEqualTo("c.wasm");
    assertThat(OciReference.parse("oci:a.example/b@" + DIGEST).tag()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "oci:",
        "oci:plugin",
        "oci:team/plugin:1",
        "oci:/plugin:1",
        "oci:a.example/",
        "oci:a.example/Plugin:1",
        "oci:a.example/../plugin:1",
        "oci:a.example/a//b:1",
        "oci:a.example/plugin:",
        "oci:a.example/plugin:a b",
        "oci:a.example/plugin:-x",
        "oci:a.example/plugin@sha256:00",
        "oci:a.example/plugin@md5:0123456789abcdef0123456789abcdef",
        "oci:a.example/plugin:1!",
        "oci://a.example/plugin:1",
        "oci:https://a.example/plugin:1",
        "oci:user:hush@a.example/plugin:1",
        "oci:a.example/plugin:1?x=hush",
        "oci:a.example:port/plugin:1"
      })
  void otherLocationsAreRefusedWithoutBeingRepeated(String location) {
    assertThatThrownBy(() -> OciReference.parse(location))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it is not a location in a registry, such as oci:")
        .hasMessageNotContaining("hush");
  }

  @Test
  @Timeout(10)
  void aLongNameTakesNoLongTime() {
    assertThatThrownBy(() -> OciReference.parse("oci:a.example/" + "a-".repeat(100_000) + "A:1"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void onlyRegistriesOnThisMachineAreAskedOverHttp() throws IOException {
    for (String registry :
        new String[] {"localhost:5000", "127.0.0.1:5000", "[::1]:5000", "localhost"}) {
      OciReference local = OciReference.parse("oci:" + registry + "/plugin:1");
      assertThat(local.uri(true, "manifests", "1"))
          .hasToString("http://" + registry + "/v2/plugin/manifests/1");
      assertThat(local.uri(false, "manifests", "1")).hasScheme("https");
    }
    for (String registry :
        new String[] {"a.example:5000", "127.0.0.1.a.example", "localhost.a.example", "10.0.0.1"}) {
      assertThat(OciReference.parse("oci:" + registry + "/plugin:1").uri(true, "blobs", "x"))
          .hasScheme("https");
    }
  }

  @Test
  void anotherFileOfTheSameArtifact() {
    assertThat(OciReference.withFile("oci:a.example/b:1", "*.minisig"))
        .isEqualTo("oci:a.example/b:1!*.minisig");
    assertThat(OciReference.withFile("oci:a.example/b:1!b.wasm", "*.minisig"))
        .isEqualTo("oci:a.example/b:1!*.minisig");
  }
}

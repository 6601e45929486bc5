package io.github.wasmspring.autoconfigure.sigstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sigstore.KeylessVerifier;
import io.github.wasmspring.module.WasmDigest;
import io.github.wasmspring.real.NpmPackage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SignatureException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ByteArrayResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the public sigstore has signed: a jar as Maven Central has it, with the bundle beside it.
 */
class PublicSigstoreTest {

  private static final String RELEASE =
      "https://github.com/sigstore/sigstore-java/.github/workflows/release-sigstore-java-from-tag.yaml@refs/tags/v2.0.0";
  private static final String GITHUB = "https://token.actions.githubusercontent.com";

  private static final String BUNDLE_DIGEST =
      "sha256:9e12a5a08fda9707241df912496103c08b0f60596c28f537a699b1e53f59d2a7";
  private static final String JAR_DIGEST =
      "sha256:f338c08740cdb2e663737abaf372fc3c442210ab7291c991e180797bd886cd61";

  private static byte[] jar;
  private static byte[] bundle;
  private static String root;

  @BeforeAll
  static void read() throws IOException, URISyntaxException {
    Path file =
        Path.of(KeylessVerifier.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path beside = file.resolveSibling(file.getFileName() + ".sigstore.json");
    Assumptions.assumeTrue(Files.exists(beside), "there is no " + beside);
    jar = Files.readAllBytes(file);
    bundle = Files.readAllBytes(beside);
    root = trustedRoot();
    assertThat(WasmDigest.of(jar)).isEqualTo(JAR_DIGEST);
    assertThat(WasmDigest.of(bundle)).isEqualTo(BUNDLE_DIGEST);
  }

  /** The client of npm brings the root of trust of the public sigstore along. */
  private static String trustedRoot() {
    byte[] seeds =
        new NpmPackage(
                "@sigstore/tuf/-/tuf-4.0.2.tgz",
                "package/seeds.json",
                "1300a33af16967e998983b364ab9988cd5c20e94c44e75d642dbeda1dbc255d9")
            .bytes();
    JsonNode targets =
        JsonMapper.shared().readTree(seeds).get("https://tuf-repo-cdn.sigstore.dev").get("targets");
    return new String(
        Base64.getDecoder().decode(targets.get("trusted_root.json").asString()),
        StandardCharsets.UTF_8);
  }

  private static SigstoreVerifier trusting(String root, String subject, String issuer) {
    return SigstoreVerifier.of(
        TrustedRootReader.read(new ByteArrayResource(root.getBytes(StandardCharsets.UTF_8))),
        new SigstoreIdentities(
            List.of(
                new SigstoreIdentity(
                    "sigstore", TrustedClaim.exactly(subject), TrustedClaim.exactly(issuer)))));
  }

  private static void assertRefused(SigstoreVerifier verifier, byte[] module, String why) {
    assertThatThrownBy(() -> verifier.verify(module, bundle))
        .isExactlyInstanceOf(SignatureException.class)
        .hasMessageContaining(why);
  }

  @Test
  void aJarOfMavenCentralVerifies() throws SignatureException {
    assertThat(trusting(root, RELEASE, GITHUB).verify(jar, bundle)).isEqualTo("sigstore");
  }

  @Test
  void anotherIdentityIsNotIt() {
    assertRefused(
        trusting(root, RELEASE + "-rc1", GITHUB),
        jar,
        "it is signed by %s (issuer %s), and trusted are".formatted(RELEASE, GITHUB));
    assertRefused(
        trusting(root, RELEASE, "https://accounts.google.com"),
        jar,
        "but the issuer " + GITHUB + " has vouched for that");
  }

  @Test
  void aJarThatWasChangedIsRefused() {
    byte[] changed = jar.clone();
    changed[changed.length / 2] ^= 1;
    assertRefused(
        trusting(root, RELEASE, GITHUB), changed, "its bundle is a signature of other bytes");
  }

  @Test
  void whoIsNoLongerBelievedIsNot() {
    assertRefused(
        trusting(ended("tlogs", "/publicKey/validFor"), RELEASE, GITHUB),
        jar,
        "in a log that the root of trust did not name then");
    assertRefused(
        trusting(ended("ctlogs", "/publicKey/validFor"), RELEASE, GITHUB),
        jar,
        "No valid SCTs were found");
    assertRefused(
        trusting(ended("certificateAuthorities", "/validFor"), RELEASE, GITHUB),
        jar,
        "No valid Certificate Authorities found");
  }

  /** The root of trust as it would be, had part of it been given up before the jar was signed. */
  private static String ended(String part, String range) {
    ObjectNode changed = (ObjectNode) JsonMapper.shared().readTree(root);
    for (JsonNode each : (ArrayNode) changed.get(part)) {
      ((ObjectNode) each.at(range))
          .put("start", "2001-01-01T00:00:00Z")
          .put("end", "2001-01-02T00:00:00Z");
    }
    return changed.toString();
  }

  @Test
  void anotherSigstoreKnowsNothingOfIt() {
    assertRefused(
        trusting(new SigstoreInstance().trustedRoot(), RELEASE, GITHUB),
        jar,
        "in a log that the root of trust did not name then");
  }
}

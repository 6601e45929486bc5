package io.github.wasmspring.autoconfigure.sigstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.wasmspring.autoconfigure.sigstore.SigstoreInstance.Signing;
import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ByteArrayResource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a sigstore of our own has signed, rightly and wrongly. */
class SigstoreVerifierTest {

  private static final byte[] MODULE = "any bytes".getBytes(StandardCharsets.UTF_8);
  private static final String WORKFLOW =
      "https://github.com/acme/plugins/.github/workflows/release.yml@refs/tags/v1";
  private static final String GITHUB = "https://token.actions.githubusercontent.com";
  private static final Signing RELEASE = Signing.by(WORKFLOW, GITHUB);
  private static final SigstoreInstance SIGSTORE = new SigstoreInstance();
  private static final String BUNDLE = SIGSTORE.sign(MODULE, RELEASE);

  private static SigstoreVerifier trusting(String root, SigstoreIdentity... identities) {
    return SigstoreVerifier.of(
        TrustedRootReader.read(new ByteArrayResource(root.getBytes(StandardCharsets.UTF_8))),
        new SigstoreIdentities(List.of(identities)));
  }

  private static SigstoreIdentity release() {
    return new SigstoreIdentity(
        "release", TrustedClaim.exactly(WORKFLOW), TrustedClaim.exactly(GITHUB));
  }

  private static SigstoreVerifier trusting() {
    return trusting(SIGSTORE.trustedRoot(), release());
  }

  private static String verify(SigstoreVerifier verifier, String bundle) throws SignatureException {
    return verifier.verify(MODULE, bundle.getBytes(StandardCharsets.UTF_8));
  }

  private static String refusal(SigstoreVerifier verifier, String bundle) {
    Throwable refusal = catchThrowable(() -> verify(verifier, bundle));
    assertThat(refusal).isExactlyInstanceOf(SignatureException.class);
    return refusal.getMessage();
  }

  private static String refusal(String bundle) {
    return refusal(trusting(), bundle);
  }

  private static ObjectNode changed() {
    return (ObjectNode) JsonMapper.shared().readTree(BUNDLE);
  }

  private static ObjectNode at(ObjectNode bundle, String pointer) {
    return (ObjectNode) bundle.at(pointer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/vnd.dev.sigstore.bundle+json;version=0.1",
        "application/vnd.dev.sigstore.bundle+json;version=0.2",
        "application/vnd.dev.sigstore.bundle+json;version=0.3",
        "application/vnd.dev.sigstore.bundle.v0.3+json"
      })
  void whatATrustedIdentityHasSignedIsTold(String mediaType) throws SignatureException {
    assertThat(verify(trusting(), SIGSTORE.sign(MODULE, RELEASE.mediaType(mediaType))))
        .isEqualTo("release");
  }

  @Test
  void manyMayAskAtATime() {
    SigstoreVerifier verifier = trusting();
    assertThat(
            IntStream.range(0, 64)
                .parallel()
                .mapToObj(
                    i -> {
                      try {
                        return verify(verifier, BUNDLE);
                      } catch (SignatureException refused) {
                        return refused.getMessage();
                      }
                    }))
        .hasSize(64)
        .containsOnly("release");
  }

  @Test
  void otherBytesAreRefused() {
    SigstoreVerifier verifier = trusting();
    for (int bit = 0; bit < 8 * MODULE.length; bit++) {
      byte[] changed = MODULE.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> verifier.verify(changed, BUNDLE.getBytes(StandardCharsets.UTF_8)))
          .isExactlyInstanceOf(SignatureException.class)
          .hasMessageStartingWith("its bundle is a signature of other bytes: of those with the");
    }
  }

  /** The digest in a bundle is a hint that may be missing, or a lie. */
  @Test
  void otherBytesAreRefusedWithoutTheHintToo() throws SignatureException {
    ObjectNode bundle = changed();
    at(bundle, "/messageSignature").remove("messageDigest");
    assertThat(verify(trusting(), bundle.toString())).isEqualTo("release");

    byte[] other = "other bytes".getBytes(StandardCharsets.UTF_8);
    byte[] unhinted = bundle.toString().getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> trusting().verify(other, unhinted))
        .isExactlyInstanceOf(SignatureException.class)
        .hasMessageContaining("its bundle does not verify: Artifact signature was not valid");

    ObjectNode lie = changed();
    at(lie, "/messageSignature/messageDigest")
        .put("digest", Base64.getEncoder().encodeToString(SigstoreInstance.sha256(other)));
    assertThatThrownBy(
            () -> trusting().verify(other, lie.toString().getBytes(StandardCharsets.UTF_8)))
        .isExactlyInstanceOf(SignatureException.class)
        .hasMessageContaining("its bundle does not verify: Artifact signature was not valid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "<html>Please log in</html>",
        "untrusted comment: x",
        "null",
        "[]",
        "\"x\"",
        "{}",
        "{\"mediaType\": 3}",
        "{\"mediaType\": \"application/vnd.dev.sigstore.bundle.v0.3+json\"}",
        "{\"mediaType\": \"application/vnd.dev.sigstore.bundle.v0.9+json\"}"
      })
  void whatIsNoBundleIsRefused(String text) {
    assertThat(refusal(text)).startsWith("its signature is not a bundle of sigstore: ");
  }

  @Test
  void whatIsDeeplyNestedIsRefused() {
    for (String open : List.of("[", "{\"a\":", "{\"verificationMaterial\":")) {
      assertThat(refusal(open.repeat(20_000)))
          .startsWith("its signature is not a bundle of sigstore: ");
    }
  }

  @Test
  void everyCutIsRefused() {
    SigstoreVerifier verifier = trusting();
    for (int length = 0; length < BUNDLE.strip().length(); length += 1 + length / 200) {
      assertThat(refusal(verifier, BUNDLE.substring(0, length)))
          .startsWith("its signature is not a bundle of sigstore: ");
    }
  }

  @Test
  void anotherSubjectIsRefused() {
    assertThat(refusal(SIGSTORE.sign(MODULE, Signing.by("mallory@example.org", GITHUB))))
        .isEqualTo(
            "it is signed by mallory@example.org (issuer %s), and trusted are 'release' (%s by %s)"
                .formatted(GITHUB, WORKFLOW, GITHUB));
    assertThat(refusal(SIGSTORE.sign(MODULE, Signing.by(WORKFLOW + "0", GITHUB))))
        .startsWith("it is signed by " + WORKFLOW + "0 ");
  }

  @Test
  void anotherIssuerIsRefused() {
    assertThat(refusal(SIGSTORE.sign(MODULE, Signing.by(WORKFLOW, "https://login.example.org"))))
        .startsWith("it is signed by " + WORKFLOW + ", but the issuer https://login.example.org ");
  }

  @Test
  void aPatternIsForAllOfIt() throws SignatureException {
    SigstoreVerifier verifier =
        trusting(
            SIGSTORE.trustedRoot(),
            new SigstoreIdentity(
                "tags",
                TrustedClaim.matching("https://github\\.com/acme/plugins/.*@refs/tags/v\\d+"),
                TrustedClaim.matching("https://token\\..*")));
    assertThat(verify(verifier, BUNDLE)).isEqualTo("tags");
    for (String subject : List.of("https://evil.example.org/?" + WORKFLOW, WORKFLOW + "/../x")) {
      assertThat(refusal(verifier, SIGSTORE.sign(MODULE, Signing.by(subject, GITHUB))))
          .startsWith("it is signed by " + subject)
          .contains("trusted are 'tags' (/https://github");
    }
  }

  @Test
  void theFirstThatFitsIsTold() throws SignatureException {
    SigstoreIdentity alice =
        new SigstoreIdentity(
            "alice",
            TrustedClaim.exactly("alice@example.org"),
            TrustedClaim.exactly("https://accounts.example.org"));
    SigstoreVerifier verifier = trusting(SIGSTORE.trustedRoot(), alice, release());
    assertThat(verify(verifier, BUNDLE)).isEqualTo("release");
    Signing hers = Signing.by("alice@example.org", "https://accounts.example.org");
    assertThat(verify(verifier, SIGSTORE.sign(MODULE, hers))).isEqualTo("alice");
    assertThat(refusal(verifier, SIGSTORE.sign(MODULE, Signing.by("alice@example.org", GITHUB))))
        .contains("which is not trusted to");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 601})
  void aCertificateIsForTheMinutesThatItIsValid(long seconds) {
    Instant time = RELEASE.certified().plusSeconds(seconds);
    assertThat(refusal(SIGSTORE.sign(MODULE, RELEASE.published(time))))
        .isEqualTo(
            "it was signed at %s, when its certificate was not valid, which it was from %s to %s"
                .formatted(time, RELEASE.certified(), RELEASE.certified().plusSeconds(600)));
  }

  /** Whoever steals a key later writes down a time that fits. */
  @Test
  void theTimeIsThatOfTheLog() {
    ObjectNode late =
        (ObjectNode)
            JsonMapper.shared()
                .readTree(
                    SIGSTORE.sign(
                        MODULE, RELEASE.published(RELEASE.certified().plus(Duration.ofDays(30)))));
    at(late, "/verificationMaterial/tlogEntries/0")
        .put("integratedTime", String.valueOf(RELEASE.certified().getEpochSecond() + 1));
    assertThat(refusal(late.toString())).startsWith("its bundle does not verify: ");

    at(late, "/verificationMaterial/tlogEntries/0").remove("inclusionPromise");
    assertThat(refusal(late.toString())).contains("imestamp");
  }

  @Test
  void whereNothingProvesTheTimeItIsRefused() {
    ObjectNode entry = at(changed(), "/verificationMaterial/tlogEntries/0");
    entry.remove("inclusionPromise");
    ObjectNode bundle = changed();
    at(bundle, "/verificationMaterial").putArray("tlogEntries").add(entry);
    assertThat(refusal(bundle.toString())).contains("imestamp");
    at(bundle, "/verificationMaterial")
        .putArray("tlogEntries")
        .add(entry)
        .add(changed().at("/verificationMaterial/tlogEntries/0"));
    assertThat(refusal(bundle.toString())).endsWith("it has 2 entries of a log instead of one");
    at(bundle, "/verificationMaterial").putArray("tlogEntries");
    assertThat(refusal(bundle.toString()))
        .startsWith("its signature is not a bundle of sigstore: ");
  }

  @Test
  void whatAnotherSigstoreSaysIsRefused() {
    SigstoreInstance other = new SigstoreInstance();
    String bundle = other.sign(MODULE, RELEASE);
    Instant never = Instant.parse("2030-01-01T00:00:00Z");
    assertThat(refusal(bundle)).contains("in a log that the root of trust did not name then");
    assertThat(refusal(trusting(SIGSTORE.trustedRoot(never, null, other), release()), bundle))
        .startsWith("its bundle does not verify: Fulcio certificate was not valid");
    assertThat(refusal(trusting(SIGSTORE.trustedRoot(never, other, null), release()), BUNDLE))
        .startsWith("its bundle does not verify: Fulcio certificate was not valid")
        .contains("SCT");
    assertThat(refusal(trusting(SIGSTORE.trustedRoot(never, null, other), release()), BUNDLE))
        .contains("in a log that the root of trust did not name then");
  }

  @Test
  void whatIsGivenUpIsTrustedForWhatWasBefore() throws SignatureException {
    Instant after = RELEASE.certified().plusSeconds(60);
    assertThat(verify(trusting(SIGSTORE.trustedRoot(after, null, null), release()), BUNDLE))
        .isEqualTo("release");
    Instant before = RELEASE.certified().minusSeconds(60);
    assertThat(refusal(trusting(SIGSTORE.trustedRoot(before, null, null), release()), BUNDLE))
        .contains("in a log that the root of trust did not name then");
  }

  @Test
  void anAttestationIsNoSignature() {
    ObjectNode bundle = changed();
    bundle.remove("messageSignature");
    ObjectNode envelope = bundle.putObject("dsseEnvelope");
    envelope.put("payload", "e30=").put("payloadType", "application/vnd.in-toto+json");
    envelope.putArray("signatures").addObject().put("sig", "AAAA");
    assertThat(refusal(bundle.toString()))
        .startsWith("its bundle is an attestation about something");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/messageSignature/signature",
        "/verificationMaterial/certificate/rawBytes",
        "/verificationMaterial/tlogEntries/0/canonicalizedBody",
        "/verificationMaterial/tlogEntries/0/logId/keyId",
        "/verificationMaterial/tlogEntries/0/inclusionPromise/signedEntryTimestamp",
        "/verificationMaterial/tlogEntries/0/inclusionProof/rootHash"
      })
  void everyByteOfWhatProvesSomethingCounts(String pointer) {
    SigstoreVerifier verifier = trusting();
    ObjectNode bundle = changed();
    String name = pointer.substring(pointer.lastIndexOf('/') + 1);
    ObjectNode holder = at(bundle, pointer.substring(0, pointer.lastIndexOf('/')));
    byte[] bytes = Base64.getDecoder().decode(holder.get(name).asString());
    for (int i = 0; i < bytes.length; i += 1 + bytes.length / 100) {
      byte[] other = bytes.clone();
      other[i] ^= 1;
      holder.put(name, Base64.getEncoder().encodeToString(other));
      assertThat(refusal(verifier, bundle.toString())).as("byte %d", i).isNotBlank();
    }
  }

  /**
   * What is accepted all the same is signed by the same one, as spaces and the like do not count.
   */
  @Test
  void whateverIsChangedIsRefusedOrSaysTheSame() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    SigstoreVerifier verifier = trusting();
    for (int i = 0; i < 1_500; i++) {
      String mutated = mutated(random);
      try {
        assertThat(verify(verifier, mutated)).as("seed %d", seed).isEqualTo("release");
      } catch (SignatureException refused) {
        assertThat(refused.getMessage()).as("seed %d", seed).startsWith("it");
      } catch (RuntimeException | Error other) {
        throw new AssertionError("seed %d: %s".formatted(seed, mutated), other);
      }
    }
  }

  private static String mutated(Random random) {
    StringBuilder mutated = new StringBuilder(BUNDLE);
    for (int changes = random.nextInt(3); changes >= 0; changes--) {
      int position = random.nextInt(mutated.length());
      switch (random.nextInt(3)) {
        case 0 -> mutated.setCharAt(position, (char) (32 + random.nextInt(95)));
        case 1 -> mutated.deleteCharAt(position);
        default -> mutated.insert(position, mutated.charAt(random.nextInt(mutated.length())));
      }
    }
    return mutated.toString();
  }

  @Test
  void itKnowsABundleWhenItSeesOne() {
    SigstoreVerifier verifier = trusting();
    assertThat(verifier.recognizes(BUNDLE.getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(verifier.recognizes(" \n{}".getBytes(StandardCharsets.UTF_8))).isTrue();
    for (String other : List.of("", " ", "untrusted comment: {}")) {
      assertThat(verifier.recognizes(other.getBytes(StandardCharsets.UTF_8))).isFalse();
    }
    assertThat(BUNDLE.length()).isLessThan(verifier.maxSize() / 10);
  }
}

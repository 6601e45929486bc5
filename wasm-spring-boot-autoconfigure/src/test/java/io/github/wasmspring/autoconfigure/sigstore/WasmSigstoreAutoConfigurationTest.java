package io.github.wasmspring.autoconfigure.sigstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.autoconfigure.Calc;
import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.sigstore.SigstoreInstance.Signing;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.load.WasmSignatureVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SignatureException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.ClassPathResource;

/** Modules that are signed with sigstore, as properties say it. */
class WasmSigstoreAutoConfigurationTest {

  private static final SigstoreInstance SIGSTORE = new SigstoreInstance();
  private static final Signing ALICE =
      Signing.by("alice@example.org", "https://accounts.example.org");
  private static final String KEY = "RWRcDudKkIZI8wFq0sfhINOIbQvlt3JNAsDOwS4Wi8ZpQtcGxx24rZWv";

  @TempDir private Path directory;

  private byte[] module;
  private ApplicationContextRunner plain;
  private ApplicationContextRunner runner;

  @BeforeEach
  void prepare() throws IOException {
    this.module = new ClassPathResource("wasm/calc.wasm").getContentAsByteArray();
    Files.write(file("calc.wasm"), this.module);
    Files.writeString(file("root.json"), SIGSTORE.trustedRoot());
    this.plain =
        new ApplicationContextRunner()
            .withConfiguration(
                AutoConfigurations.of(
                    WasmSigstoreAutoConfiguration.class, WasmAutoConfiguration.class))
            .withPropertyValues("wasm.modules.calc.location=file:" + file("calc.wasm"));
    this.runner =
        this.plain.withPropertyValues(
            "wasm.signatures.required=outside",
            "wasm.signatures.sigstore.trusted-root=file:" + file("root.json"),
            "wasm.signatures.sigstore.identities.alice.subject=alice@example.org",
            "wasm.signatures.sigstore.identities.alice.issuer=https://accounts.example.org");
  }

  private Path file(String name) {
    return this.directory.resolve(name);
  }

  private void sign(byte[] signed, Signing signing) throws IOException {
    Files.writeString(file("calc.wasm.sigstore.json"), SIGSTORE.sign(signed, signing));
  }

  private static void assertSigned(ApplicationContextRunner runner, String signer) {
    runner.run(
        context -> {
          WasmModuleManager manager = context.getBean(WasmModuleManager.class);
          assertThat(manager.bind(Calc.class).add(1, 2)).isEqualTo(3);
          assertThat(manager.status("calc").get(0).signedBy()).isEqualTo(signer);
        });
  }

  private void assertRefused(String why) {
    this.runner.run(
        context ->
            assertThatThrownBy(
                    () -> context.getBean(WasmModuleManager.class).bind(Calc.class).add(1, 2))
                .asInstanceOf(InstanceOfAssertFactories.type(WasmException.class))
                .satisfies(
                    failure -> {
                      assertThat(failure.category()).isEqualTo(WasmErrorCategory.INTEGRITY);
                      assertThat(failure)
                          .hasMessageContaining("calc")
                          .hasMessageContaining(why)
                          .cause()
                          .isInstanceOf(SignatureException.class);
                    }));
  }

  @Test
  void aBundleIsLookedForBesideTheModule() throws IOException {
    assertRefused("calc.wasm.sigstore.json, but signatures are required");
    assertRefused("cosign sign-blob --bundle makes one");
    sign(this.module, ALICE);
    assertSigned(this.runner, "alice");
  }

  @Test
  void orWhereTheModuleSaysThatItIs() throws IOException {
    Files.writeString(file("elsewhere"), SIGSTORE.sign(this.module, ALICE));
    assertSigned(
        this.runner.withPropertyValues("wasm.modules.calc.signature=file:" + file("elsewhere")),
        "alice");
  }

  @Test
  void whatIsWrongWithABundleIsSaid() throws IOException {
    sign(new byte[] {1}, ALICE);
    assertRefused("its bundle is a signature of other bytes");
    sign(this.module, Signing.by("mallory@example.org", "https://accounts.example.org"));
    assertRefused("it is signed by mallory@example.org (issuer https://accounts.example.org)");
    sign(this.module, Signing.by("alice@example.org", "https://login.example.org"));
    assertRefused("but the issuer https://login.example.org has vouched for that");
    sign(this.module, ALICE.published(ALICE.certified().plusSeconds(3_600)));
    assertRefused("when its certificate was not valid");
    Files.writeString(file("calc.wasm.sigstore.json"), "{\"mediaType\": \"appl");
    assertRefused("its signature is not a bundle of sigstore");
    Files.writeString(file("calc.wasm.sigstore.json"), "<html>");
    assertRefused("its signature is not a bundle of sigstore");
    Files.writeString(
        file("calc.wasm.sigstore.json"), new SigstoreInstance().sign(this.module, ALICE));
    assertRefused("in a log that the root of trust did not name then");
  }

  @Test
  void whatIsNotSignedDoesNotGetToTheParser() throws IOException {
    byte[] broken = this.module.clone();
    broken[9] = 127;
    Files.write(file("calc.wasm"), broken);
    sign(this.module, ALICE);
    assertRefused("its bundle is a signature of other bytes");
    sign(broken, ALICE);
    this.runner.run(
        context ->
            assertThatThrownBy(
                    () -> context.getBean(WasmModuleManager.class).bind(Calc.class).add(1, 2))
                .asInstanceOf(InstanceOfAssertFactories.type(WasmException.class))
                .extracting(WasmException::category)
                .isEqualTo(WasmErrorCategory.MALFORMED));
  }

  @Test
  void minisignGoesOnBesideIt() throws IOException {
    ApplicationContextRunner both =
        this.runner.withPropertyValues("wasm.signatures.trusted.release.key=" + KEY);
    sign(this.module, ALICE);
    assertSigned(both, "alice");
    Files.writeString(file("calc.wasm.minisig"), "{}");
    both.run(
        context ->
            assertThatThrownBy(
                    () -> context.getBean(WasmModuleManager.class).bind(Calc.class).add(1, 2))
                .hasMessageContaining("its signature is not a bundle of sigstore"));
  }

  @Test
  void nothingIsThereUnlessItIsConfigured() {
    this.plain.run(context -> assertThat(context).doesNotHaveBean(WasmSignatureVerifier.class));
  }

  @Test
  void aBeanOfOnesOwnTakesItsPlace() throws IOException {
    sign(this.module, ALICE);
    WasmSignatureVerifier own =
        new WasmSignatureVerifier() {
          @Override
          public String suffix() {
            return ".sigstore.json";
          }

          @Override
          public int maxSize() {
            return 1 << 20;
          }

          @Override
          public String maker() {
            return "anybody";
          }

          @Override
          public boolean recognizes(byte[] signature) {
            return true;
          }

          @Override
          public String verify(byte[] bytes, byte[] signature) {
            return "own";
          }
        };
    assertSigned(
        this.runner.withBean("wasmSigstoreVerifier", WasmSignatureVerifier.class, () -> own),
        "own");
  }

  @Test
  void whereTheLibraryIsMissingItIsNamed() {
    this.runner
        .withClassLoader(new FilteredClassLoader("dev.sigstore"))
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasStackTraceContaining("wasm.signatures.sigstore.trusted-root")
                    .hasStackTraceContaining("add the dependency dev.sigstore:sigstore-java"));
  }

  @ParameterizedTest
  @CsvSource({
    "identities.bob.subject=bob@example.org, identities.bob.issuer, needs either this or issuer-pattern",
    "identities.bob.issuer=https://x.example, identities.bob.subject, needs either this or subject-pattern",
    "identities.alice.subject-pattern=.*, identities.alice.subject, needs either this or subject-pattern",
    "identities.alice.issuer=, identities.alice.issuer, needs either this or issuer-pattern",
    "trusted-root=classpath:missing.json, trusted-root, The root of trust can't be read",
    "trusted-root=classpath:wasm/calc.wasm, trusted-root, is no root of trust",
    "trusted-root=https://example.org/trusted_root.json, trusted-root, is not fetched from a server",
  })
  void whatMakesNoSenseStopsTheStart(String setting, String property, String why) {
    this.runner
        .withPropertyValues("wasm.signatures.sigstore." + setting)
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasStackTraceContaining("wasm.signatures.sigstore." + property)
                    .hasStackTraceContaining(why));
  }

  @Test
  void aPatternThatIsNoneStopsTheStart() {
    this.plain
        .withPropertyValues(
            "wasm.signatures.sigstore.trusted-root=file:" + file("root.json"),
            "wasm.signatures.sigstore.identities.bob.subject-pattern=[",
            "wasm.signatures.sigstore.identities.bob.issuer=https://x.example")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("Unclosed character class"));
  }

  @ParameterizedTest
  @CsvSource({
    "{}, authority that certifies",
    "{\"certificateAuthorities\": 3}, is no root of trust"
  })
  void aRootThatNothingCanBeVerifiedWithStopsTheStart(String root, String why) throws IOException {
    Files.writeString(file("root.json"), root);
    this.runner.run(
        context -> assertThat(context.getStartupFailure()).hasStackTraceContaining(why));
  }

  @Test
  void whoseSignaturesAreMeantIsToBeSaid() {
    this.plain
        .withPropertyValues("wasm.signatures.sigstore.trusted-root=file:" + file("root.json"))
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                    .hasMessageContaining("wasm.signatures.sigstore.identities")
                    .hasMessageContaining("no identity is trusted"));
    this.plain
        .withPropertyValues(
            "wasm.signatures.sigstore.identities.alice.subject=alice@example.org",
            "wasm.signatures.sigstore.identities.alice.issuer=https://accounts.example.org")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                    .hasMessageContaining("wasm.signatures.sigstore.trusted-root")
                    .hasMessageContaining("no root of trust"));
  }
}

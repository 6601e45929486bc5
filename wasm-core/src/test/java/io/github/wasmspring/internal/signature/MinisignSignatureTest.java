package io.github.wasmspring.internal.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Key and signatures were made by minisign 0.11. */
class MinisignSignatureTest {

  private static final byte[] MODULE = {0, 'a', 's', 'm', 1, 0, 0, 0};

  private static final String KEY = "RWQcGSJe4HZHULhxVvQcyX5f9tLqwamnhIWMjum3XQnilx2ScucdsMZ6";

  private static final String HASHED =
      """
      untrusted comment: signature from minisign secret key
      RUQcGSJe4HZHUFFZZ1e81hqFitHmxn4I5ybMzSE5bdvWORvboXcz6Xj0XzRS9k4MgwlGgV0No+EjQ0bEM34McxSiZw4VuGcwOAE=
      trusted comment: an empty module
      DGUWB979kIQNeX6CLAAegNj3HGufJ63kZNcJ7/xuwcVAstNUlPwtKG7jEhyTWYd9K/rncsBiSA4sSTgXm9uiDQ==
      """;

  private static final String LEGACY =
      """
      untrusted comment: signature from minisign secret key
      RWQcGSJe4HZHUOKBfbLyVkfb0aCOhzjLs4pwPMbWkBulo0o9X79ot/NRnvwYmi+P9NmvZ5nlZlGeejSlpw1iLawwgkaSlZNjqQo=
      trusted comment: an empty module
      duda0J1QUGxblzGNTkNYQyfo9xeN0AK63GwOKlYHjqeEftzTyJr2YxACaAAPPLtPak+kAt53sF5SDxG3BMyeCg==
      """;

  private static MinisignSignature parse(String text) throws SignatureException {
    return MinisignSignature.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean verifies(String signature, byte[] module) throws SignatureException {
    return parse(signature).isOf(module, MinisignKey.parse(KEY));
  }

  @Test
  void bothFormsOfTheTool() throws SignatureException {
    assertThat(MinisignKey.parse(KEY).id()).isEqualTo("504776E05E22191C");
    assertThat(parse(HASHED).key()).isEqualTo("504776E05E22191C");
    assertThat(parse(HASHED).hashed()).isTrue();
    assertThat(parse(LEGACY).hashed()).isFalse();
    assertThat(verifies(HASHED, MODULE)).isTrue();
    assertThat(verifies(LEGACY, MODULE)).isTrue();
  }

  @Test
  void everyBitOfTheModuleCounts() throws SignatureException {
    for (int bit = 0; bit < 8 * MODULE.length; bit++) {
      byte[] changed = MODULE.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(verifies(HASHED, changed)).as("bit %d", bit).isFalse();
      assertThat(verifies(LEGACY, changed)).as("bit %d", bit).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "an empty module, another module",
    "RUQcGSJe4HZHUFFZ, RUQcGSJe4HZHUFFY",
    "RUQcGSJe4HZHUFFZ, RWQcGSJe4HZHUFFZ",
    "DGUWB979, DGUWB978"
  })
  void everythingThatIsSignedCounts(String part, String other) throws SignatureException {
    assertThat(verifies(HASHED.replace(part, other), MODULE)).isFalse();
  }

  @Test
  void theCommentThatNobodySignedDoesNot() throws SignatureException {
    assertThat(verifies(HASHED.replace("signature from minisign", "whatever"), MODULE)).isTrue();
    assertThat(verifies(HASHED.replace("\n", "\r\n"), MODULE)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n\n\n",
        "-----BEGIN PGP SIGNATURE-----\n\niQ\n=\n-----END PGP SIGNATURE-----",
        "untrusted comment: x\nRUQ\ntrusted comment: y\nDGU",
        "untrusted comment: x\n%%%\ntrusted comment: y\n%%%",
        "untrusted comment: x\n\ntrusted comment: y\n\n"
      })
  void whatIsNoSignatureIsRefused(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(SignatureException.class)
        .hasMessageStartingWith("the signature is not one of minisign: ");
  }

  /** Up to the padding of the last line, which may be missing. */
  @Test
  void everyCutIsRefused() {
    for (int length = 0; length < HASHED.indexOf("==\n"); length++) {
      String cut = HASHED.substring(0, length);
      assertThatThrownBy(() -> parse(cut)).isInstanceOf(SignatureException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not Base64!",
        "RWQcGSJe4HZHULhxVvQcyX5f9tLqwamnhIWMjum3XQnilx2ScucdsMZ",
        "AAQcGSJe4HZHULhxVvQcyX5f9tLqwamnhIWMjum3XQnilx2ScucdsMZ6"
      })
  void whatIsNoKeyIsRefused(String text) {
    assertThatThrownBy(() -> MinisignKey.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not the public key of minisign");
  }
}

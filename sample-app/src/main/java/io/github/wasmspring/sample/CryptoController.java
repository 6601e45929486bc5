package io.github.wasmspring.sample;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.client.WasmModuleManager;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The bundled module {@code crypto}: text that is sealed, opened and signed with a key. */
@RestController
@RequestMapping("/api/crypto")
class CryptoController {

  private static final int NONCE_BYTES = 12;

  /**
   * @param key 16 or 32 bytes in hexadecimal digits
   * @param label is authenticated with the text, and not encrypted
   */
  record Plain(@Nullable String key, @Nullable String text, @Nullable String label) {}

  /**
   * @param nonce in hexadecimal digits
   * @param sealed the encrypted text and behind it the tag, in hexadecimal digits
   */
  record Sealed(String nonce, String sealed) {}

  /** What was sealed, with what opens it. */
  record Closed(
      @Nullable String key,
      @Nullable String nonce,
      @Nullable String sealed,
      @Nullable String label) {}

  record Opened(String text) {}

  record Code(String hmac) {}

  private final WasmModuleManager modules;
  private final RequestJson requestJson;
  private final SecureRandom random = new SecureRandom();

  CryptoController(WasmModuleManager modules, RequestJson requestJson) {
    this.modules = modules;
    this.requestJson = requestJson;
  }

  @PostMapping("/seal")
  ResponseEntity<Sealed> seal(
      HttpServletRequest request, @RequestParam(defaultValue = "AUTO") WasmExecutionMode mode)
      throws IOException {
    Plain plain = this.requestJson.read(request, Plain.class);
    byte[] nonce = new byte[NONCE_BYTES];
    this.random.nextBytes(nonce);
    WasmResult<byte[]> sealed =
        this.modules
            .module("crypto")
            .operation("aesGcmEncrypt")
            .input(bytes("key", plain.key()))
            .option("nonce", nonce)
            .option("aad", utf8(plain.label()))
            .option("plaintext", utf8(plain.text()))
            .mode(mode)
            .retrieve(byte[].class);
    return Answers.of(
        sealed,
        new Sealed(HexFormat.of().formatHex(nonce), HexFormat.of().formatHex(sealed.value())));
  }

  @PostMapping("/open")
  ResponseEntity<Opened> open(
      HttpServletRequest request, @RequestParam(defaultValue = "AUTO") WasmExecutionMode mode)
      throws IOException {
    Closed closed = this.requestJson.read(request, Closed.class);
    WasmResult<byte[]> text =
        this.modules
            .module("crypto")
            .operation("aesGcmDecrypt")
            .input(bytes("key", closed.key()))
            .option("nonce", bytes("nonce", closed.nonce()))
            .option("aad", utf8(closed.label()))
            .option("ciphertext", bytes("sealed", closed.sealed()))
            .mode(mode)
            .retrieve(byte[].class);
    return Answers.of(text, new Opened(new String(text.value(), StandardCharsets.UTF_8)));
  }

  @PostMapping("/hmac")
  ResponseEntity<Code> hmac(
      HttpServletRequest request, @RequestParam(defaultValue = "AUTO") WasmExecutionMode mode)
      throws IOException {
    Plain plain = this.requestJson.read(request, Plain.class);
    WasmResult<byte[]> code =
        this.modules
            .module("crypto")
            .operation("hmacSha256")
            .input(bytes("key", plain.key()))
            .option("data", utf8(plain.text()))
            .mode(mode)
            .retrieve(byte[].class);
    return Answers.of(code, new Code(HexFormat.of().formatHex(code.value())));
  }

  private static byte[] utf8(@Nullable String text) {
    return (text == null ? "" : text).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String name, @Nullable String hex) {
    try {
      return HexFormat.of().parseHex(hex == null ? "" : hex.strip());
    } catch (IllegalArgumentException wrong) {
      throw Refusals.refusal(
          "'%s' must be pairs of hexadecimal digits: 0 to 9, a to f.".formatted(name));
    }
  }
}

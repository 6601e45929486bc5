package io.github.wasmspring.testing;

import io.github.wasmspring.load.WasmSignatureVerifier;
import io.github.wasmspring.module.WasmDigest;
import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.HexFormat;

/** A form of signatures that everybody can make: the digest of the module. */
public final class DigestVerifier implements WasmSignatureVerifier {

  private static final String BEGIN = "sum:";

  private final String suffix;

  public DigestVerifier() {
    this(".sum");
  }

  public DigestVerifier(String suffix) {
    this.suffix = suffix;
  }

  public static byte[] sign(byte[] module) {
    return (BEGIN + digest(module)).getBytes(StandardCharsets.UTF_8);
  }

  private static String digest(byte[] module) {
    return WasmDigest.of(module).substring("sha256:".length());
  }

  @Override
  public String suffix() {
    return this.suffix;
  }

  @Override
  public int maxSize() {
    return BEGIN.length() + 64;
  }

  @Override
  public String maker() {
    return "sha256sum";
  }

  @Override
  public boolean recognizes(byte[] signature) {
    return new String(signature, StandardCharsets.UTF_8).startsWith(BEGIN);
  }

  /**
   * @throws IllegalArgumentException if it is no sum
   */
  @Override
  public String verify(byte[] module, byte[] signature) throws SignatureException {
    String sum = new String(signature, StandardCharsets.UTF_8).substring(BEGIN.length());
    if (!Arrays.equals(HexFormat.of().parseHex(sum), HexFormat.of().parseHex(digest(module)))) {
      throw new SignatureException("it is another sum");
    }
    return "sum";
  }
}

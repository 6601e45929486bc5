package io.github.wasmspring.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.util.Arrays;
import java.util.Base64;

/** Somebody with a key of minisign. */
public final class MinisignSigner {

  private final String name;
  private final KeyPair keys;

  public MinisignSigner(String name) {
    this.name = name;
    try {
      this.keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private byte[] id() {
    return Arrays.copyOf(this.name.getBytes(StandardCharsets.US_ASCII), 8);
  }

  /** As minisign writes it. */
  public String publicKey() {
    var point = ((EdECPublicKey) this.keys.getPublic()).getPoint();
    byte[] y = point.getY().toByteArray();
    byte[] raw = new byte[32];
    for (int i = 0; i < Math.min(y.length, raw.length); i++) {
      raw[i] = y[y.length - 1 - i];
    }
    raw[31] |= (byte) (point.isXOdd() ? 0x80 : 0);
    return base64("Ed".getBytes(StandardCharsets.US_ASCII), id(), raw);
  }

  public byte[] sign(byte[] module) {
    byte[] comment = "made by a test".getBytes(StandardCharsets.UTF_8);
    byte[] signature = signature(module);
    return String.join(
            "\n",
            "untrusted comment: whatever",
            base64("Ed".getBytes(StandardCharsets.US_ASCII), id(), signature),
            "trusted comment: made by a test",
            base64(signature(concat(signature, comment))),
            "")
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] signature(byte[] message) {
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(this.keys.getPrivate());
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String base64(byte[]... parts) {
    return Base64.getEncoder().encodeToString(concat(parts));
  }

  private static byte[] concat(byte[]... parts) {
    byte[] all = {};
    for (byte[] part : parts) {
      int length = all.length;
      all = Arrays.copyOf(all, length + part.length);
      System.arraycopy(part, 0, all, length, part.length);
    }
    return all;
  }
}

package io.github.wasmspring.load;

import java.security.SignatureException;

/**
 * A form of signatures beside that of minisign. What it lets in is trusted: it is asked before
 * anything else looks at a module. Used by many threads.
 */
public interface WasmSignatureVerifier {

  /**
   * What the file of a signature is called behind the name of the module, such as {@code
   * .sigstore.json}.
   */
  String suffix();

  /** How many bytes a signature has at most; of a larger one nothing is read. */
  int maxSize();

  /** What makes such a signature, for people. */
  String maker();

  /**
   * Whether something looks like one, so that it is not taken for one of another form; nothing of
   * it is trusted for that.
   *
   * @param signature not to be changed
   */
  boolean recognizes(byte[] signature);

  /**
   * Holds a module against a signature, without asking anybody else.
   *
   * @param module unpacked; not to be changed
   * @param signature as it was found; not to be changed
   * @return who has signed, by a name for people that the configuration gives
   * @throws SignatureException if it is none, not one of these bytes, or by nobody who is trusted;
   *     its message goes on after “what is at … is not trusted: ”
   */
  String verify(byte[] module, byte[] signature) throws SignatureException;
}

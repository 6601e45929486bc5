package io.github.wasmspring.bundle.crypto;

import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.client.WasmSession;

/**
 * Digests of input that comes in pieces. For {@link WasmSession#bind} on a session of the module
 * {@code crypto} alone, for what has been begun lives in the memory of one instance:
 *
 * <pre>{@code
 * try (WasmSession session = manager.open("crypto")) {
 *   IncrementalDigest digests = session.bind(IncrementalDigest.class);
 *   int digest = digests.sha256New();
 *   for (byte[] piece : pieces) {
 *     digests.update(digest, piece);
 *   }
 *   byte[] sha256 = digests.finish(digest);
 * }
 * }</pre>
 *
 * <p>Each {@code …New} method begins a digest and answers its handle. Any number of them may be
 * under way in one session, as far as its memory reaches; closing the session drops those that were
 * not finished. There is no Java fallback. The warnings are those of {@link Crypto}.
 */
public interface IncrementalDigest {

  int sha256New();

  /**
   * @param key any number of bytes; what is derived from it stays in the module until {@link
   *     #finish} or the end of the session
   */
  int hmacSha256New(byte[] key);

  /** Not for security. */
  int md5New();

  /**
   * Appends to the input of a digest.
   *
   * @param handle from a {@code …New} method of the same session
   * @throws WasmOperationException {@code crypto.handle} if no such digest is under way
   */
  void update(int handle, byte[] data);

  /**
   * The digest of everything that was appended. The handle means nothing afterwards.
   *
   * @param handle from a {@code …New} method of the same session
   * @return what the method of the same name in {@link Crypto} answers
   * @throws WasmOperationException {@code crypto.handle} if no such digest is under way
   */
  byte[] finish(int handle);
}

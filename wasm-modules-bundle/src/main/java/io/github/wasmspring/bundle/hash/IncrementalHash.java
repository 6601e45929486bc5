package io.github.wasmspring.bundle.hash;

import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.client.WasmSession;

/**
 * Hashes of input that comes in pieces. For {@link WasmSession#bind} on a session of the module
 * {@code hash} alone, for what has been begun lives in the memory of one instance:
 *
 * <pre>{@code
 * try (WasmSession session = manager.open("hash")) {
 *   IncrementalHash hash = session.bind(IncrementalHash.class);
 *   int digest = hash.sha512New();
 *   for (byte[] piece : pieces) {
 *     hash.update(digest, piece);
 *   }
 *   byte[] sha512 = hash.finish(digest);
 * }
 * }</pre>
 *
 * <p>Each {@code …New} method begins a hash and answers its handle. Any number of them may be under
 * way in one session, as far as its memory reaches; closing the session drops those that were not
 * finished. There is no Java fallback. Algorithms and seeds are those of {@link Hash}, with the
 * same warnings.
 */
public interface IncrementalHash {

  int xxh32New(int seed);

  int xxh64New(long seed);

  int xxh3New(long seed);

  int xxh128New(long seed);

  int murmur32New(int seed);

  int murmur128New(int seed);

  int crc32New();

  int crc32cNew();

  int adler32New();

  int fnv1a32New();

  int fnv1a64New();

  int sha1New();

  int sha512New();

  int blake2bNew();

  int blake3New();

  /**
   * Appends to the input of a hash.
   *
   * @param handle from a {@code …New} method of the same session
   * @throws WasmOperationException {@code hash.handle} if no such hash is under way
   */
  void update(int handle, byte[] data);

  /**
   * The hash of everything that was appended. The handle means nothing afterwards.
   *
   * @param handle from a {@code …New} method of the same session
   * @return what the method of the same name in {@link Hash} answers; a number with its most
   *     significant byte first, 4 or 8 bytes
   * @throws WasmOperationException {@code hash.handle} if no such hash is under way
   */
  byte[] finish(int handle);
}

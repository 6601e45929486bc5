package io.github.wasmspring.bundle.compression;

import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.client.WasmSession;

/**
 * Compression of data that comes in pieces and goes in pieces, in bounded memory. For {@link
 * WasmSession#bind} on a session of the module {@code compression} alone, for what has been begun
 * lives in the memory of one instance. {@link CompressionStreams} has it as {@code java.io}
 * streams.
 *
 * <pre>{@code
 * try (WasmSession session = manager.open("compression")) {
 *   StreamingCompression streams = session.bind(StreamingCompression.class);
 *   int gzip = streams.gzipNew(6);
 *   for (byte[] piece : pieces) {
 *     streams.write(gzip, piece);
 *     copy(streams, gzip, target); // read until nothing comes
 *   }
 *   streams.finish(gzip);
 *   copy(streams, gzip, target);
 *   streams.close(gzip);
 * }
 * }</pre>
 *
 * <p>Each {@code …New} method begins a stream and answers its handle. Levels and limits are those
 * of {@link Compression}; what is wrong with them is said by the first call that follows. A stream
 * holds the piece that was written last and the state of its codec: up to 16 MiB to decode brotli,
 * less than 10 MiB to decode the others. Any number of streams may be under way in one session, as
 * far as its memory reaches; closing the session drops them. There is no Java fallback.
 *
 * <p>A stream that failed answers every call but {@link #close} with the same error. Apart from the
 * codes of {@link Compression} there are {@code compression.handle} (no such stream), {@code
 * compression.pending} and {@code compression.finished}, see {@link #write}.
 */
public interface StreamingCompression {

  int gzipNew(int level);

  /**
   * @param maxSize the most bytes that may come out in total, 0 for 64 MiB; the same below
   */
  int gunzipNew(long maxSize);

  int zlibCompressNew(int level);

  int zlibDecompressNew(long maxSize);

  int deflateNew(int level);

  int inflateNew(long maxSize);

  int lz4CompressNew(int level);

  int lz4DecompressNew(long maxSize);

  int brotliCompressNew(int quality);

  int brotliDecompressNew(long maxSize);

  /**
   * Gives a stream its next piece of input.
   *
   * @throws WasmOperationException {@code compression.pending} if the last piece has not been read
   *     to its end, {@code compression.finished} after {@link #finish}
   */
  void write(int handle, byte[] piece);

  /** Says that no input follows. */
  void finish(int handle);

  /**
   * The next bytes of output. Fewer than {@code most} do not mean the end.
   *
   * @param most how many bytes there may be, at least 1
   * @return empty if the last piece is used up, or after {@link #finish} if the stream has ended
   */
  byte[] read(int handle, int most);

  /** Ends a stream, finished or not. The handle means nothing afterwards. */
  void close(int handle);
}

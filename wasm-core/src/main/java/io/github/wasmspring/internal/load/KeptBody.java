package io.github.wasmspring.internal.load;

import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/** What a server gave out, as long as there is room: it need not give it out again. */
final class KeptBody {

  /** Larger ones are asked for again: a module that runs has no use for its bytes. */
  private static final long LARGEST = 8 << 20;

  private final @Nullable SoftReference<ByteChunks> bytes;

  private KeptBody(@Nullable SoftReference<ByteChunks> bytes) {
    this.bytes = bytes;
  }

  static KeptBody of(ByteChunks body) {
    return new KeptBody(isKept(body) ? new SoftReference<>(body) : null);
  }

  static boolean isKept(ByteChunks body) {
    return body.size() <= LARGEST;
  }

  /** {@code null} if there was no room. */
  @Nullable ByteChunks get() {
    return this.bytes == null ? null : this.bytes.get();
  }
}

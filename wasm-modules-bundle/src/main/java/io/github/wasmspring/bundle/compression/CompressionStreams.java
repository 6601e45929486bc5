package io.github.wasmspring.bundle.compression;

import io.github.wasmspring.WasmOperationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Streams of {@link StreamingCompression} as streams of {@code java.io}. They are for one thread at
 * a time, must be closed before the session is, and close the stream that they stand on. Errors of
 * the module are the causes of their {@link IOException}s.
 */
public final class CompressionStreams {

  private static final int PIECE = 64 * 1024;

  private CompressionStreams() {}

  /**
   * What is written to the result goes through the stream {@code handle} into {@code target}.
   *
   * @param handle from a {@code …New} method of {@code streams}
   */
  public static OutputStream writing(
      StreamingCompression streams, int handle, OutputStream target) {
    return new Writing(streams, handle, target);
  }

  /**
   * What is read from the result comes from {@code source} through the stream {@code handle}.
   *
   * @param handle from a {@code …New} method of {@code streams}
   */
  public static InputStream reading(StreamingCompression streams, int handle, InputStream source) {
    return new Reading(streams, handle, source);
  }

  private static final class Writing extends OutputStream {

    private final StreamingCompression streams;
    private final int handle;
    private final OutputStream target;
    private boolean closed;

    Writing(StreamingCompression streams, int handle, OutputStream target) {
      this.streams = streams;
      this.handle = handle;
      this.target = target;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      for (int at = offset; at < offset + length; at += PIECE) {
        byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(at + PIECE, offset + length));
        try {
          this.streams.write(this.handle, piece);
        } catch (WasmOperationException refused) {
          throw failed(refused);
        }
        drain();
      }
    }

    /** Hands on what there is; a codec keeps back what it has not decided about. */
    @Override
    public void flush() throws IOException {
      this.target.flush();
    }

    @Override
    public void close() throws IOException {
      if (this.closed) {
        return;
      }
      this.closed = true;
      try (this.target) {
        this.streams.finish(this.handle);
        drain();
      } catch (WasmOperationException refused) {
        throw failed(refused);
      } finally {
        this.streams.close(this.handle);
      }
    }

    private void drain() throws IOException {
      byte[] out = next(this.streams, this.handle, PIECE);
      while (out.length > 0) {
        this.target.write(out);
        out = next(this.streams, this.handle, PIECE);
      }
    }
  }

  private static final class Reading extends InputStream {

    private final StreamingCompression streams;
    private final int handle;
    private final InputStream source;
    private boolean finished;
    private boolean closed;

    Reading(StreamingCompression streams, int handle, InputStream source) {
      this.streams = streams;
      this.handle = handle;
      this.source = source;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      while (true) {
        byte[] out = next(this.streams, this.handle, Math.min(length, PIECE));
        if (out.length > 0) {
          System.arraycopy(out, 0, target, offset, out.length);
          return out.length;
        }
        if (this.finished) {
          return -1;
        }
        feed();
      }
    }

    private void feed() throws IOException {
      byte[] piece = this.source.readNBytes(PIECE);
      try {
        if (piece.length > 0) {
          this.streams.write(this.handle, piece);
        } else {
          this.streams.finish(this.handle);
          this.finished = true;
        }
      } catch (WasmOperationException refused) {
        throw failed(refused);
      }
    }

    @Override
    public void close() throws IOException {
      if (!this.closed) {
        this.closed = true;
        try (this.source) {
          this.streams.close(this.handle);
        }
      }
    }
  }

  private static byte[] next(StreamingCompression streams, int handle, int most)
      throws IOException {
    try {
      return streams.read(handle, most);
    } catch (WasmOperationException refused) {
      throw failed(refused);
    }
  }

  private static IOException failed(WasmOperationException refused) {
    return new IOException(refused.getMessage(), refused);
  }
}

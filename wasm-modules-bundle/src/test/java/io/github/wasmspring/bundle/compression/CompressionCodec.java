package io.github.wasmspring.bundle.compression;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import org.brotli.dec.BrotliInputStream;

/** The formats under one roof, each with another implementation as judge. */
enum CompressionCodec {
  GZIP(9) {
    @Override
    byte[] compress(Compression side, byte[] data, int level) {
      return side.gzip(data, level);
    }

    @Override
    byte[] decompress(Compression side, byte[] data, int maxSize) {
      return side.gunzip(data, maxSize);
    }

    @Override
    int encoder(StreamingCompression streams, int level) {
      return streams.gzipNew(level);
    }

    @Override
    int decoder(StreamingCompression streams, long maxSize) {
      return streams.gunzipNew(maxSize);
    }

    @Override
    byte[] judgeCompresses(byte[] data) {
      return written(data, GZIPOutputStream::new);
    }

    @Override
    byte[] judgeDecompresses(byte[] data) {
      return read(data, GZIPInputStream::new);
    }
  },
  ZLIB(9) {
    @Override
    byte[] compress(Compression side, byte[] data, int level) {
      return side.zlibCompress(data, level);
    }

    @Override
    byte[] decompress(Compression side, byte[] data, int maxSize) {
      return side.zlibDecompress(data, maxSize);
    }

    @Override
    int encoder(StreamingCompression streams, int level) {
      return streams.zlibCompressNew(level);
    }

    @Override
    int decoder(StreamingCompression streams, long maxSize) {
      return streams.zlibDecompressNew(maxSize);
    }

    @Override
    byte[] judgeCompresses(byte[] data) {
      return written(data, DeflaterOutputStream::new);
    }

    @Override
    byte[] judgeDecompresses(byte[] data) {
      return read(data, InflaterInputStream::new);
    }
  },
  DEFLATE(9) {
    @Override
    byte[] compress(Compression side, byte[] data, int level) {
      return side.deflate(data, level);
    }

    @Override
    byte[] decompress(Compression side, byte[] data, int maxSize) {
      return side.inflate(data, maxSize);
    }

    @Override
    int encoder(StreamingCompression streams, int level) {
      return streams.deflateNew(level);
    }

    @Override
    int decoder(StreamingCompression streams, long maxSize) {
      return streams.inflateNew(maxSize);
    }

    @Override
    byte[] judgeCompresses(byte[] data) {
      return written(data, out -> new DeflaterOutputStream(out, new Deflater(6, true)));
    }

    @Override
    byte[] judgeDecompresses(byte[] data) {
      return read(data, in -> new InflaterInputStream(in, new Inflater(true)));
    }
  },
  LZ4(12) {
    @Override
    byte[] compress(Compression side, byte[] data, int level) {
      return side.lz4Compress(data, level);
    }

    @Override
    byte[] decompress(Compression side, byte[] data, int maxSize) {
      return side.lz4Decompress(data, maxSize);
    }

    @Override
    int encoder(StreamingCompression streams, int level) {
      return streams.lz4CompressNew(level);
    }

    @Override
    int decoder(StreamingCompression streams, long maxSize) {
      return streams.lz4DecompressNew(maxSize);
    }

    @Override
    byte[] judgeCompresses(byte[] data) {
      return written(data, out -> new LZ4FrameOutputStream(out, BLOCKSIZE.SIZE_64KB));
    }

    @Override
    byte[] judgeDecompresses(byte[] data) {
      return read(data, LZ4FrameInputStream::new);
    }
  },
  LZ4_BLOCK(12) {
    @Override
    byte[] compress(Compression side, byte[] data, int level) {
      return side.lz4BlockCompress(data, level);
    }

    @Override
    byte[] decompress(Compression side, byte[] data, int maxSize) {
      return side.lz4BlockDecompress(data, maxSize);
    }

    @Override
    int encoder(StreamingCompression streams, int level) {
      throw new UnsupportedOperationException();
    }

    @Override
    int decoder(StreamingCompression streams, long maxSize) {
      throw new UnsupportedOperationException();
    }

    @Override
    byte[] judgeCompresses(byte[] data) {
      return LZ4Factory.safeInstance().fastCompressor().compress(data);
    }

    @Override
    byte[] judgeDecompresses(byte[] data) {
      byte[] room = new byte[255 * data.length + 64];
      int size =
          LZ4Factory.safeInstance().safeDecompressor().decompress(data, 0, data.length, room, 0);
      return Arrays.copyOf(room, size);
    }
  },
  /** The judge can only read; {@link CompressionVectorsTest} has what others wrote. */
  BROTLI(11) {
    @Override
    byte[] compress(Compression side, byte[] data, int level) {
      return side.brotliCompress(data, level);
    }

    @Override
    byte[] decompress(Compression side, byte[] data, int maxSize) {
      return side.brotliDecompress(data, maxSize);
    }

    @Override
    int encoder(StreamingCompression streams, int level) {
      return streams.brotliCompressNew(level);
    }

    @Override
    int decoder(StreamingCompression streams, long maxSize) {
      return streams.brotliDecompressNew(maxSize);
    }

    @Override
    byte[] judgeCompresses(byte[] data) {
      return new BrotliEncoder(data, 5).encode();
    }

    @Override
    byte[] judgeDecompresses(byte[] data) {
      return read(data, BrotliInputStream::new);
    }
  };

  final int levels;

  CompressionCodec(int levels) {
    this.levels = levels;
  }

  abstract byte[] compress(Compression side, byte[] data, int level);

  abstract byte[] decompress(Compression side, byte[] data, int maxSize);

  abstract int encoder(StreamingCompression streams, int level);

  abstract int decoder(StreamingCompression streams, long maxSize);

  abstract byte[] judgeCompresses(byte[] data);

  abstract byte[] judgeDecompresses(byte[] data);

  private interface Wrapper<T> {
    T around(T stream) throws IOException;
  }

  private static byte[] written(byte[] data, Wrapper<OutputStream> codec) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = codec.around(bytes)) {
      out.write(data);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return bytes.toByteArray();
  }

  private static byte[] read(byte[] data, Wrapper<InputStream> codec) {
    try (InputStream in = codec.around(new ByteArrayInputStream(data))) {
      return in.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}

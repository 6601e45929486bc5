package io.github.wasmspring.internal.load;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.brotli.dec.BrotliInputStream;
import org.jspecify.annotations.Nullable;

/**
 * In which forms a module may be packed, told by how its file ends, by the content encoding of a
 * server or by a media type.
 */
enum Packing {
  GZIP(".gz", "gzip", "java.util.zip.GZIPInputStream", "the JDK") {
    @Override
    InputStream decoder(InputStream packed) throws IOException {
      return new GZIPInputStream(packed, BUFFER);
    }
  },
  ZSTD(
      ".zst",
      "zstd",
      "io.airlift.compress.zstd.ZstdInputStream",
      "the library io.airlift:aircompressor") {
    @Override
    InputStream decoder(InputStream packed) {
      return Zstd.open(packed);
    }
  },
  BROTLI(".br", "br", "org.brotli.dec.BrotliInputStream", "the library org.brotli:dec") {
    @Override
    InputStream decoder(InputStream packed) throws IOException {
      return Brotli.open(packed);
    }
  };

  private static final int BUFFER = 16 << 10;
  private static final byte[] MODULE = {0, 'a', 's', 'm'};

  private final String suffix;
  private final String coding;
  private final String decoderClass;
  private final String library;

  Packing(String suffix, String coding, String decoderClass, String library) {
    this.suffix = suffix;
    this.coding = coding;
    this.decoderClass = decoderClass;
    this.library = library;
  }

  /** By itself, for the library may be missing. */
  private static final class Zstd {

    static InputStream open(InputStream packed) {
      return new ZstdInputStream(packed);
    }
  }

  /** By itself, for the library may be missing. */
  private static final class Brotli {

    static InputStream open(InputStream packed) throws IOException {
      return new BrotliInputStream(packed);
    }
  }

  abstract InputStream decoder(InputStream packed) throws IOException;

  /** {@code null} if the name of a file promises none. */
  static @Nullable Packing ofFile(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (Packing packing : values()) {
      if (lower.endsWith(packing.suffix)) {
        return packing;
      }
    }
    return null;
  }

  /** {@code null} if the file of a location promises none. */
  static @Nullable Packing ofLocation(String location) {
    LocationFile file = LocationFile.of(location);
    return ofFile(location.substring(file.start(), file.end()));
  }

  /** Where the module would be if it were not packed; the location itself if it is not. */
  static String locationWithoutSuffix(String location) {
    LocationFile file = LocationFile.of(location);
    return location.substring(0, file.start())
        + fileWithoutSuffix(location.substring(file.start(), file.end()))
        + location.substring(file.end());
  }

  /** The same for the name of a file. */
  static String fileWithoutSuffix(String name) {
    Packing packing = ofFile(name);
    return packing == null ? name : name.substring(0, name.length() - packing.suffix.length());
  }

  /** {@code null} if a media type such as {@code application/wasm+gzip} promises none. */
  static @Nullable Packing ofMediaType(String type) {
    for (Packing packing : values()) {
      if (type.endsWith("+" + packing.coding)) {
        return packing;
      }
    }
    return null;
  }

  /**
   * What a server may answer with here.
   *
   * @param fromOutside whether nobody of the application has named the server: it then does not
   *     choose a library either
   */
  static String acceptedContent(boolean fromOutside) {
    StringBuilder accepted = new StringBuilder();
    for (Packing packing : List.of(BROTLI, ZSTD, GZIP)) {
      if (packing.isContent(fromOutside) && packing.isAtHand()) {
        accepted.append(accepted.isEmpty() ? "" : ", ").append(packing.coding);
      }
    }
    return accepted.toString();
  }

  private boolean isContent(boolean fromOutside) {
    return this == GZIP || !fromOutside;
  }

  private boolean isAtHand() {
    try {
      Class.forName(this.decoderClass, false, Packing.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError missing) {
      return false;
    }
  }

  /**
   * What a server has packed to send it, as it was before.
   *
   * @param encodings the header {@code Content-Encoding}; a server that packs more than once has us
   *     work for nothing. It is not believed of a module that is not packed at all
   */
  static InputStream unpackContent(
      @Nullable String encodings, InputStream body, boolean fromOutside) throws IOException {
    if (encodings == null) {
      return body;
    }
    PushbackInputStream pushback = new PushbackInputStream(body, MODULE.length);
    if (isModule(pushback)) {
      return pushback;
    }
    List<String> codings =
        Arrays.stream(encodings.toLowerCase(Locale.ROOT).split(","))
            .map(String::strip)
            .filter(coding -> !coding.isEmpty() && !coding.equals("identity"))
            .toList();
    if (codings.size() > 1) {
      throw new IOException(
          "the server packs it %d times to send it, and once is enough".formatted(codings.size()));
    }
    return codings.isEmpty() ? pushback : ofContent(codings.get(0), fromOutside).unpack(pushback);
  }

  private static Packing ofContent(String coding, boolean fromOutside) throws IOException {
    for (Packing packing : values()) {
      if (packing.isContent(fromOutside)
          && (coding.equals(packing.coding) || coding.equals("x-" + packing.coding))) {
        return packing;
      }
    }
    throw new IOException(
        fromOutside
            ? "somebody outside has named it, and the server packs it with a content encoding that is not gzip"
            : "the server packs it with a content encoding that is not one of gzip, zstd and br");
  }

  /** Leaves the stream where it is. */
  private static boolean isModule(PushbackInputStream stream) throws IOException {
    byte[] start = stream.readNBytes(MODULE.length);
    stream.unread(start);
    return Arrays.equals(start, MODULE);
  }

  /** Why what unpacks it does not, as on a JVM that a library does not know. */
  IOException unusable(LinkageError why) {
    return new IOException(
        (isAtHand()
                ? "it is packed with %s, and %s, which unpacks that, does not work here (%s)"
                : "it is packed with %s, and to unpack that takes %s, which is not on the class path")
            .formatted(this.coding, this.library, why),
        why);
  }

  String coding() {
    return this.coding;
  }

  /**
   * The same if a file or a layer promises it. A module that is not packed in spite of that, as
   * when a server has unpacked it, is left as it is.
   */
  InputStream unpackUnlessModule(InputStream stream) throws IOException {
    PushbackInputStream pushback = new PushbackInputStream(stream, MODULE.length);
    return isModule(pushback) ? pushback : unpack(pushback);
  }

  /**
   * @throws IOException if it is not packed so, or what unpacks it is missing
   */
  InputStream unpack(InputStream packed) throws IOException {
    try {
      return new UnpackedStream(decoder(packed), this);
    } catch (LinkageError unusable) {
      throw unusable(unusable);
    } catch (IOException | RuntimeException damaged) {
      throw UnpackedStream.damaged(this.coding, damaged);
    }
  }
}

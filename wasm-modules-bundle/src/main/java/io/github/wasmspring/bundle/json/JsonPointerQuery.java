package io.github.wasmspring.bundle.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The operation {@code query}: a JSON Pointer (RFC 6901) followed while a document is scanned. */
final class JsonPointerQuery implements JsonHandler {

  /** An open array or object on the way to the value. */
  private static final class Level {

    private final boolean array;

    /** The element wanted, or -1 for none. */
    private final long wanted;

    private long element;

    /** Whether the member read now is the one wanted. */
    private boolean hit;

    Level(boolean array, long wanted) {
      this.array = array;
      this.wanted = wanted;
    }

    /** Whether the value that begins now is on the way. */
    boolean hit() {
      return array ? element == wanted : hit;
    }
  }

  private final byte[] source;
  private final List<byte[]> tokens;
  private final List<Level> levels = new ArrayList<>();
  private int depth;
  private boolean found;
  private int begin;

  /** Behind the value found; zero while it is open. */
  private int end;

  private JsonPointerQuery(byte[] source, List<byte[]> tokens) {
    this.source = source;
    this.tokens = tokens;
  }

  /**
   * The minified text of the value at {@code pointer}. The document is validated in every case.
   *
   * @throws JsonFault if the document or the pointer is malformed, or nothing is there
   */
  static byte[] query(byte[] source, byte[] pointer) {
    List<byte[]> tokens;
    try {
      tokens = tokens(pointer);
    } catch (JsonFault fault) {
      JsonScanner.scan(source, NONE);
      throw fault;
    }
    JsonPointerQuery query = new JsonPointerQuery(source, tokens);
    JsonScanner.scan(source, query);
    if (!query.found) {
      throw JsonFault.of("json.not-found", "no value at this JSON Pointer");
    }
    return JsonFormatter.format(Arrays.copyOfRange(source, query.begin, query.end), 0, false);
  }

  @Override
  public void open(int at, boolean object) {
    if (begin(at) && !found) {
      levels.add(new Level(!object, object ? -1 : element(tokens.get(depth))));
    }
    depth++;
  }

  @Override
  public void close(int at) {
    depth--;
    if (levels.size() > depth) {
      levels.remove(depth);
    } else if (levels.size() == depth && found && end == 0) {
      end = at + 1;
    }
  }

  @Override
  public void empty(int open, int close) {
    plain(open, close + 1);
  }

  @Override
  public void key(int from, int to, boolean escaped) {
    if (levels.size() != depth) {
      return;
    }
    byte[] token = tokens.get(depth - 1);
    if (escaped) {
      levels.get(depth - 1).hit =
          Arrays.equals(JsonUnescaper.decode(source, from + 1, to - 1), token);
    } else {
      levels.get(depth - 1).hit = Arrays.equals(source, from + 1, to - 1, token, 0, token.length);
    }
  }

  @Override
  public void comma(int at) {
    if (levels.size() == depth) {
      levels.get(depth - 1).element++;
    }
  }

  @Override
  public void text(int from, int to, boolean escaped) {
    plain(from, to);
  }

  @Override
  public void plain(int from, int to) {
    if (begin(from) && found) {
      end = to;
    }
  }

  /** Notes that a value begins, and answers whether it is on the way. */
  private boolean begin(int at) {
    if (levels.size() != depth || depth > 0 && !levels.get(depth - 1).hit()) {
      return false;
    }
    // What an earlier member with the same key held does not count.
    found = depth == tokens.size();
    if (found) {
      begin = at;
      end = 0;
    }
    return true;
  }

  private static List<byte[]> tokens(byte[] pointer) {
    List<byte[]> tokens = new ArrayList<>();
    int at = 0;
    while (at < pointer.length) {
      if (pointer[at] != '/') {
        requireValid(pointer, at);
        throw invalid("a JSON Pointer must be empty or start with '/'");
      }
      ByteOutput token = new ByteOutput(pointer.length - at);
      at = token(pointer, at + 1, token);
      tokens.add(token.toByteArray());
    }
    return tokens;
  }

  /** Reads the reference token at {@code from} and answers where it ends. */
  private static int token(byte[] pointer, int from, ByteOutput token) {
    int at = from;
    while (at < pointer.length && pointer[at] != '/') {
      if (pointer[at] == '~') {
        token.write(
            switch (JsonBytes.peek(pointer, at + 1)) {
              case '0' -> '~';
              case '1' -> '/';
              default -> throw invalid("'~' must be followed by '0' or '1' in a JSON Pointer");
            });
        at += 2;
      } else {
        int length = requireValid(pointer, at);
        token.write(pointer, at, at + length);
        at += length;
      }
    }
    return at;
  }

  private static int requireValid(byte[] pointer, int at) {
    int length = JsonBytes.sequence(pointer, at);
    if (length == 0) {
      throw invalid("a JSON Pointer must be valid UTF-8");
    }
    return length;
  }

  private static JsonFault invalid(String message) {
    return JsonFault.of("json.pointer", message);
  }

  /** The number of an array element, or -1 for what names none. */
  private static long element(byte[] token) {
    if (token.length == 0 || token.length > 10 || token.length > 1 && token[0] == '0') {
      return -1;
    }
    long number = 0;
    for (byte value : token) {
      if (value < '0' || value > '9') {
        return -1;
      }
      number = number * 10 + value - '0';
    }
    return number;
  }
}

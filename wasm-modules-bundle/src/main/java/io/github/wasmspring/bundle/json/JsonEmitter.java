package io.github.wasmspring.bundle.json;

/** Writes the tokens of a document, minified or laid out over lines. */
final class JsonEmitter implements JsonHandler {

  private final byte[] source;
  private final int indent;
  private final boolean normal;
  private final ByteOutput out;
  private int depth;

  /** Tokens that stand side by side here and there are copied in one run, not yet written. */
  private int from;

  private int to;

  /**
   * Creates an emitter.
   *
   * @param indent spaces per level; none for minified text
   * @param normal whether strings are written with no more escapes than needed
   */
  JsonEmitter(byte[] source, int indent, boolean normal) {
    this.source = source;
    this.indent = indent;
    this.normal = normal;
    this.out = new ByteOutput(indent == 0 ? source.length : source.length + source.length / 2);
  }

  byte[] finish() {
    flush();
    return out.toByteArray();
  }

  /** Writes a comma, that of the source if one stands there. */
  void separate(int at) {
    if (source[at] == ',') {
      comma(at);
    } else {
      flush();
      out.write(',');
      newline();
    }
  }

  @Override
  public void open(int at, boolean object) {
    depth++;
    copy(at, at + 1);
    newline();
  }

  @Override
  public void close(int at) {
    depth--;
    newline();
    copy(at, at + 1);
  }

  @Override
  public void empty(int open, int close) {
    copy(open, open + 1);
    copy(close, close + 1);
  }

  @Override
  public void key(int from, int to, boolean escaped) {
    text(from, to, escaped);
  }

  @Override
  public void colon(int at) {
    copy(at, at + 1);
    if (indent > 0) {
      flush();
      out.write(' ');
    }
  }

  @Override
  public void comma(int at) {
    copy(at, at + 1);
    newline();
  }

  @Override
  public void text(int from, int to, boolean escaped) {
    if (escaped && normal) {
      copy(from, from + 1);
      flush();
      JsonUnescaper.normalize(source, from + 1, to - 1, out);
      copy(to - 1, to);
    } else {
      copy(from, to);
    }
  }

  @Override
  public void plain(int from, int to) {
    copy(from, to);
  }

  private void copy(int from, int to) {
    if (from != this.to) {
      flush();
      this.from = from;
    }
    this.to = to;
  }

  private void flush() {
    out.write(source, from, to);
    from = to;
  }

  private void newline() {
    if (indent > 0) {
      flush();
      out.write('\n');
      out.write(' ', indent * depth);
    }
  }
}

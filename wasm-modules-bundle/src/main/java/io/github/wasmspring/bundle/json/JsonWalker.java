package io.github.wasmspring.bundle.json;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Goes over a valid document, taking the members of its objects in their new order. */
final class JsonWalker {

  /** An open object whose members are taken out of order. */
  private static final class Frame {

    private final JsonIndexer.Entry object;
    private final int depth;
    private int slot;

    Frame(JsonIndexer.Entry object, int depth) {
      this.object = object;
      this.depth = depth;
    }
  }

  private final byte[] source;
  private final List<JsonIndexer.Entry> objects;
  private final JsonEmitter emitter;
  private final Deque<Frame> frames = new ArrayDeque<>();
  private int at;

  /** The number of the next object that is not empty. */
  private int number;

  private int depth;

  /** The depth of the innermost frame, zero without one. */
  private int jump;

  private JsonWalker(byte[] source, List<JsonIndexer.Entry> objects, JsonEmitter emitter) {
    this.source = source;
    this.objects = objects;
    this.emitter = emitter;
    this.at = JsonBytes.byteOrderMark(source);
  }

  static void walk(byte[] source, List<JsonIndexer.Entry> objects, JsonEmitter emitter) {
    new JsonWalker(source, objects, emitter).run();
  }

  private void run() {
    do {
      at = JsonBytes.skipSpace(source, at);
      switch (source[at]) {
        case '{' -> open(true);
        case '[' -> open(false);
        case '"' -> string();
        case ':' -> emitter.colon(at++);
        case ',' -> {
          if (depth == jump) {
            nextSlot();
          } else {
            emitter.comma(at++);
          }
        }
        case '}', ']' -> {
          if (depth == jump) {
            nextSlot();
          } else {
            close();
          }
        }
        default -> plain();
      }
    } while (depth > 0);
  }

  private void open(boolean object) {
    int inside = JsonBytes.skipSpace(source, at + 1);
    if (source[inside] == '}' || source[inside] == ']') {
      emitter.empty(at, inside);
      at = inside + 1;
      return;
    }
    emitter.open(at, object);
    at = inside;
    depth++;
    if (object) {
      JsonIndexer.Entry entry = objects.get(number++);
      if (!entry.slots().isEmpty()) {
        frames.push(new Frame(entry, depth));
        jump = depth;
        go(entry.slots().get(0));
      }
    }
  }

  private void go(JsonMember member) {
    at = member.at();
    number = member.objects();
  }

  /** Goes on behind a member of an object that is taken out of order. */
  private void nextSlot() {
    Frame frame = frames.element();
    List<JsonMember> slots = frame.object.slots();
    frame.slot++;
    if (frame.slot < slots.size()) {
      emitter.separate(at);
      go(slots.get(frame.slot));
      return;
    }
    frames.pop();
    jump = frames.isEmpty() ? 0 : frames.element().depth;
    number = frame.object.next();
    at = frame.object.end() - 1;
    close();
  }

  private void close() {
    emitter.close(at++);
    depth--;
  }

  private void string() {
    boolean escaped = false;
    int end = JsonBytes.skipPlain(source, at + 1);
    while (source[end] != '"') {
      boolean escape = source[end] == '\\';
      escaped |= escape;
      end = JsonBytes.skipPlain(source, end + (escape ? 2 : 1));
    }
    emitter.text(at, end + 1, escaped);
    at = end + 1;
  }

  private void plain() {
    int end = at;
    while (end < source.length && isPlain(source[end])) {
      end++;
    }
    emitter.plain(at, end);
    at = end;
  }

  /** Whether a byte can belong to a number or a literal. */
  private static boolean isPlain(byte value) {
    return value >= 'a' && value <= 'z'
        || value >= '0' && value <= '9'
        || value == '-'
        || value == '+'
        || value == '.'
        || value == 'E';
  }
}

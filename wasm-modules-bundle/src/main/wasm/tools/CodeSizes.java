import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;

/** Reads the lengths of methods from a class file, see chapter 4 of the JVM specification. */
final class CodeSizes {

  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;

  private final DataInputStream in;
  private final String[] texts;

  private CodeSizes(DataInputStream in) throws IOException {
    this.in = in;
    in.skipNBytes(8);
    this.texts = new String[in.readUnsignedShort()];
    for (int i = 1; i < this.texts.length; i++) {
      int tag = in.readUnsignedByte();
      if (tag == UTF8) {
        this.texts[i] = in.readUTF();
      } else {
        in.skipNBytes(constantSize(tag));
      }
      if (tag == LONG || tag == DOUBLE) {
        i++;
      }
    }
  }

  /**
   * The most bytes of bytecode that a method has which is a function of the module; other methods
   * dispatch calls by index.
   */
  static int largestFunction(byte[] type) throws IOException {
    return new CodeSizes(new DataInputStream(new ByteArrayInputStream(type))).largest();
  }

  private int largest() throws IOException {
    this.in.skipNBytes(6);
    this.in.skipNBytes(2L * this.in.readUnsignedShort());
    members();
    return members();
  }

  /** Fields or methods; the code of the largest function among them. */
  private int members() throws IOException {
    int largest = 0;
    int count = this.in.readUnsignedShort();
    for (int member = 0; member < count; member++) {
      this.in.skipNBytes(2);
      boolean function = this.texts[this.in.readUnsignedShort()].startsWith("func_");
      this.in.skipNBytes(2);
      int code = code();
      largest = function ? Math.max(largest, code) : largest;
    }
    return largest;
  }

  private int code() throws IOException {
    int size = 0;
    int attributes = this.in.readUnsignedShort();
    for (int attribute = 0; attribute < attributes; attribute++) {
      boolean isCode = this.texts[this.in.readUnsignedShort()].equals("Code");
      int length = this.in.readInt();
      if (isCode) {
        this.in.skipNBytes(4);
        size = this.in.readInt();
        this.in.skipNBytes(length - 8L);
      } else {
        this.in.skipNBytes(length);
      }
    }
    return size;
  }

  private static int constantSize(int tag) {
    return switch (tag) {
      case 7, 8, 16, 19, 20 -> 2;
      case 15 -> 3;
      case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
      case LONG, DOUBLE -> 8;
      default -> throw new IllegalArgumentException("no constant has the tag " + tag);
    };
  }
}

package io.github.wasmspring.vector;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Metadata in a snapshot: each value with a letter for its type. */
final class MetadataFormat {

  private static final int DEEPEST = 32;

  /** As many characters fit into what {@code writeUTF} writes at once. */
  private static final int AT_ONCE = 20_000;

  private MetadataFormat() {}

  /** Also of what is no valid UTF-16. */
  static void writeText(DataOutputStream output, String text) throws IOException {
    output.writeInt(text.length());
    for (int from = 0; from < text.length(); from += AT_ONCE) {
      output.writeUTF(text.substring(from, Math.min(text.length(), from + AT_ONCE)));
    }
  }

  static String readText(DataInputStream input) throws IOException {
    int length = input.readInt();
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      String next = input.readUTF();
      if (next.isEmpty()) {
        throw new IllegalArgumentException("A text ends too early");
      }
      text.append(next);
    }
    return text.toString();
  }

  static void write(DataOutputStream output, Map<?, ?> metadata) throws IOException {
    output.writeInt(metadata.size());
    for (Map.Entry<?, ?> entry : metadata.entrySet()) {
      writeText(output, (String) entry.getKey());
      writeValue(output, entry.getValue());
    }
  }

  static Map<String, Object> read(DataInputStream input) throws IOException {
    return readMap(input, 0);
  }

  private static Map<String, Object> readMap(DataInputStream input, int depth) throws IOException {
    int size = input.readInt();
    Map<String, Object> map = new LinkedHashMap<>();
    for (int each = 0; each < size; each++) {
      map.put(readText(input), readValue(input, depth + 1));
    }
    return map;
  }

  private static void writeValue(DataOutputStream output, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      output.writeByte('M');
      write(output, map);
    } else if (value instanceof List<?> list) {
      output.writeByte('[');
      output.writeInt(list.size());
      for (Object element : list) {
        writeValue(output, element);
      }
    } else if (value instanceof Boolean bool) {
      output.writeByte('b');
      output.writeBoolean(bool);
    } else if (value instanceof Integer number) {
      output.writeByte('i');
      output.writeInt(number);
    } else if (value instanceof Long number) {
      output.writeByte('l');
      output.writeLong(number);
    } else if (value instanceof Double number) {
      output.writeByte('d');
      output.writeDouble(number);
    } else if (value instanceof Float number) {
      output.writeByte('f');
      output.writeFloat(number);
    } else if (value instanceof Instant instant) {
      output.writeByte('T');
      output.writeLong(instant.getEpochSecond());
      output.writeInt(instant.getNano());
    } else {
      output.writeByte(letter(value));
      writeText(output, value.toString());
    }
  }

  private static char letter(Object value) {
    if (value instanceof String) {
      return 's';
    }
    if (value instanceof Short) {
      return 'h';
    }
    if (value instanceof Byte) {
      return 'y';
    }
    if (value instanceof BigInteger) {
      return 'I';
    }
    if (value instanceof BigDecimal) {
      return 'D';
    }
    if (value instanceof LocalDate) {
      return 'L';
    }
    throw new IllegalArgumentException("No value of metadata: " + value.getClass());
  }

  private static Object readValue(DataInputStream input, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("Metadata are nested too deep");
    }
    char letter = (char) input.readUnsignedByte();
    return switch (letter) {
      case 'M' -> readMap(input, depth);
      case '[' -> readList(input, depth);
      case 'b' -> input.readBoolean();
      case 'i' -> input.readInt();
      case 'l' -> input.readLong();
      case 'd' -> input.readDouble();
      case 'f' -> input.readFloat();
      case 'T' -> Instant.ofEpochSecond(input.readLong(), input.readInt());
      default -> ofText(letter, readText(input));
    };
  }

  private static List<Object> readList(DataInputStream input, int depth) throws IOException {
    int size = input.readInt();
    List<Object> list = new ArrayList<>();
    for (int each = 0; each < size; each++) {
      list.add(readValue(input, depth + 1));
    }
    return list;
  }

  private static Object ofText(char letter, String text) {
    return switch (letter) {
      case 's' -> text;
      case 'h' -> Short.valueOf(text);
      case 'y' -> Byte.valueOf(text);
      case 'I' -> new BigInteger(text);
      case 'D' -> new BigDecimal(text);
      case 'L' -> LocalDate.parse(text);
      default -> throw new IllegalArgumentException("No type of metadata: " + letter);
    };
  }
}

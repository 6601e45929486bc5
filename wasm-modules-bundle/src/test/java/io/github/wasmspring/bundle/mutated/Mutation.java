package io.github.wasmspring.bundle.mutated;

import io.github.wasmspring.bundle.mutated.Binary.Reader;
import io.github.wasmspring.bundle.mutated.Binary.Section;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** One way to damage a module. Lengths fit afterwards unless they are what is damaged. */
enum Mutation {
  BYTE {
    @Override
    byte[] apply(byte[] module, Random random) {
      byte[] mutated = module.clone();
      mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
      return mutated;
    }
  },
  BIT {
    @Override
    byte[] apply(byte[] module, Random random) {
      byte[] mutated = module.clone();
      mutated[random.nextInt(mutated.length)] ^= (byte) (1 << random.nextInt(8));
      return mutated;
    }
  },
  CUT_OFF {
    @Override
    byte[] apply(byte[] module, Random random) {
      return Arrays.copyOf(module, random.nextInt(module.length));
    }
  },
  SECTION_DROPPED {
    @Override
    byte[] apply(byte[] module, Random random) {
      return sections(module, sections -> sections.remove(random.nextInt(sections.size())));
    }
  },
  SECTION_DOUBLED {
    @Override
    byte[] apply(byte[] module, Random random) {
      return sections(
          module,
          sections ->
              sections.add(
                  random.nextInt(sections.size() + 1),
                  sections.get(random.nextInt(sections.size()))));
    }
  },
  SECTIONS_SWAPPED {
    @Override
    byte[] apply(byte[] module, Random random) {
      return sections(
          module,
          sections ->
              Collections.swap(
                  sections, random.nextInt(sections.size()), random.nextInt(sections.size())));
    }
  },
  SECTION_OF_ANOTHER_KIND {
    @Override
    byte[] apply(byte[] module, Random random) {
      return sections(
          module,
          sections -> {
            int index = random.nextInt(sections.size());
            sections.set(index, new Section(random.nextInt(15), sections.get(index).content()));
          });
    }
  },
  COUNT_CHANGED {
    @Override
    byte[] apply(byte[] module, Random random) {
      return content(
          module, random, content -> withNumber(content, 0, number(random, content.length)));
    }
  },
  NUMBER_CHANGED {
    @Override
    byte[] apply(byte[] module, Random random) {
      return content(
          module,
          random,
          content -> withNumber(content, random.nextInt(content.length), number(random, 64)));
    }
  },
  TYPE_CHANGED {
    @Override
    byte[] apply(byte[] module, Random random) {
      return content(module, Section.TYPE, content -> withByte(content, random, VALUE_TYPES));
    }
  },
  OPCODE_CHANGED {
    @Override
    byte[] apply(byte[] module, Random random) {
      return body(module, random, body -> withByte(body, random, null));
    }
  },
  NUMBER_IN_BODY_CHANGED {
    @Override
    byte[] apply(byte[] module, Random random) {
      return body(
          module,
          random,
          body -> withNumber(body, random.nextInt(body.length), number(random, body.length)));
    }
  },
  BODY_CUT_OFF {
    @Override
    byte[] apply(byte[] module, Random random) {
      return body(module, random, body -> Arrays.copyOf(body, random.nextInt(body.length)));
    }
  },
  BODY_SHORTENED {
    @Override
    byte[] apply(byte[] module, Random random) {
      return body(
          module,
          random,
          body -> {
            byte[] shorter = Arrays.copyOf(body, 1 + random.nextInt(body.length));
            shorter[shorter.length - 1] = END;
            return shorter;
          });
    }
  };

  private static final byte END = 0x0b;
  private static final byte[] VALUE_TYPES = {
    0x7f, 0x7e, 0x7d, 0x7c, 0x7b, 0x70, 0x6f, 0x60, 0x5f, 0x40
  };
  private static final int[] EXTREMES = {
    0, 1, 127, 128, 65_535, 65_536, 65_537, Integer.MAX_VALUE, Integer.MIN_VALUE, -1
  };

  interface Change {
    void to(List<Section> sections);
  }

  interface Replacement {
    byte[] of(byte[] bytes);
  }

  abstract byte[] apply(byte[] module, Random random);

  private static byte[] sections(byte[] module, Change change) {
    List<Section> sections = new ArrayList<>(Binary.parse(module).sections());
    change.to(sections);
    return new Binary(sections).write();
  }

  private static byte[] content(byte[] module, Random random, Replacement replacement) {
    return sections(
        module, sections -> replace(sections, random.nextInt(sections.size()), replacement));
  }

  private static byte[] content(byte[] module, int id, Replacement replacement) {
    return sections(
        module,
        sections -> {
          for (int i = 0; i < sections.size(); i++) {
            if (sections.get(i).id() == id) {
              replace(sections, i, replacement);
            }
          }
        });
  }

  private static void replace(List<Section> sections, int index, Replacement replacement) {
    Section section = sections.get(index);
    if (section.content().length > 0) {
      sections.set(index, new Section(section.id(), replacement.of(section.content())));
    }
  }

  /** One function's locals and code. */
  private static byte[] body(byte[] module, Random random, Replacement replacement) {
    return content(
        module,
        Section.CODE,
        content -> {
          Reader reader = new Reader(content, 0);
          int count = reader.number();
          int chosen = random.nextInt(count);
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          out.writeBytes(Binary.number(count));
          for (int i = 0; i < count; i++) {
            byte[] body = reader.take(reader.number());
            byte[] written = i == chosen ? replacement.of(body) : body;
            out.writeBytes(Binary.number(written.length));
            out.writeBytes(written);
          }
          return out.toByteArray();
        });
  }

  private static byte[] withByte(byte[] bytes, Random random, byte[] choice) {
    byte[] changed = bytes.clone();
    changed[random.nextInt(changed.length)] =
        choice == null ? (byte) random.nextInt() : choice[random.nextInt(choice.length)];
    return changed;
  }

  private static int number(Random random, int bound) {
    return random.nextBoolean()
        ? EXTREMES[random.nextInt(EXTREMES.length)]
        : random.nextInt(2 * bound);
  }

  /** What stands at a place, read as a number, replaced by another one. */
  private static byte[] withNumber(byte[] bytes, int place, int number) {
    int end = place;
    while (end < bytes.length - 1 && bytes[end] < 0) {
      end++;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, place);
    out.writeBytes(Binary.number(number));
    out.write(bytes, end + 1, bytes.length - end - 1);
    return out.toByteArray();
  }
}

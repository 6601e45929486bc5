package io.github.wasmspring.binary;

import io.github.wasmspring.binary.WasmBinaryException.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goes once through the bytes of a module. Every count and length is held against the bytes that
 * are there and against the limits before anything is allocated for it.
 *
 * @see <a href="https://webassembly.github.io/spec/core/binary/modules.html">Modules</a>
 */
final class ModuleReader {

  private static final int[] HEADER = {0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00};
  private static final int TABLE_WITH_VALUE = 0x40;
  private static final int MOST_CUSTOM_SECTIONS = 1_000;

  final List<Section> sections = new ArrayList<>();
  final List<CustomSection> customSections = new ArrayList<>();
  final List<@Nullable FunctionType> types = new ArrayList<>();
  final List<ModuleImport> imports = new ArrayList<>();
  final List<ModuleExport> exports = new ArrayList<>();
  final List<ExternalType.Table> tables = new ArrayList<>();
  final List<ExternalType.Memory> memories = new ArrayList<>();
  final List<ExternalType.Global> globals = new ArrayList<>();
  final List<ExternalType.Tag> tags = new ArrayList<>();
  final FeatureLog log = new FeatureLog();
  final TypeEntries entries = new TypeEntries();
  int[] functionTypes = {};
  int functions;
  int importedFunctions;
  int[] bodies = {};
  int dataSegments;
  int elementSegments;
  int startFunction = -1;

  private final byte[] bytes;
  private final BinaryCursor in;
  private final BinaryLimits limits;
  private final FeatureLog declared = new FeatureLog();
  private final TypeReader declarations;
  private final TypeReader typeReader;
  private final CodeReader code;
  private long announcedData = -1;

  ModuleReader(byte[] bytes, BinaryLimits limits) {
    this.bytes = bytes;
    this.in = new BinaryCursor(bytes, 0, bytes.length);
    this.limits = limits;
    this.declarations = new TypeReader(this.in, this.declared, limits, new TypeEntries());
    this.typeReader = new TypeReader(this.in, this.log, limits, this.entries);
    this.code = new CodeReader(this.in, this.log, this.typeReader, this.entries, limits);
  }

  int size() {
    return this.bytes.length;
  }

  ModuleFacts read() {
    header();
    int rank = 0;
    while (this.in.hasMore()) {
      int start = this.in.position();
      SectionId id = SectionId.of(this.in.octet());
      if (id == null) {
        throw malformed("malformed section id", start);
      }
      if (id == SectionId.CUSTOM) {
        custom(start);
        continue;
      }
      int length = length(id, start);
      Section section = new Section(id, start, this.in.position(), this.in.position() + length);
      if (id.rank() <= rank) {
        throw malformed(
            "the %s section is there twice or out of order".formatted(id.title()), start);
      }
      rank = id.rank();
      this.sections.add(section);
      this.in.window(section.start(), section.end());
      contents(id);
      if (this.in.hasMore()) {
        throw malformed(
            "section size mismatch: the %s section has %d bytes too many"
                .formatted(id.title(), this.in.remaining()),
            this.in.position());
      }
      this.in.window(section.end(), this.bytes.length);
    }
    checkWhole();
    readUsedTypes();
    return new ModuleFacts(this);
  }

  /** Only now it is known which they are; what they need, the module needs. */
  private void readUsedTypes() {
    this.log.enter(-1);
    List<@Nullable FunctionType> read = new ArrayList<>();
    this.entries.readUsed(
        start -> {
          this.in.window(start, this.bytes.length);
          read.clear();
          this.typeReader.definition(read);
        });
  }

  private int length(SectionId id, int start) {
    try {
      return this.in.length();
    } catch (WasmBinaryException wrong) {
      throw malformed(
          "unexpected end: the %s section, which begins here, is cut off or damaged: %s"
              .formatted(id.title(), wrong.detail()),
          start);
    }
  }

  private void header() {
    for (int i = 0; i < HEADER.length; i++) {
      if (this.in.octet() != HEADER[i]) {
        throw malformed(i < 4 ? "magic header not detected" : "unknown binary version", i);
      }
    }
  }

  /**
   * Custom sections mean nothing, so that damage in them is no reason to refuse a module; one that
   * says to be longer than what follows is all that follows.
   */
  private void custom(int header) {
    int end = this.in.end();
    String name = null;
    boolean whole = true;
    try {
      long length = this.in.u32();
      whole = length <= this.in.remaining();
      end = whole ? this.in.position() + (int) length : end;
    } catch (WasmBinaryException damaged) {
      whole = false;
    }
    int start = Math.min(this.in.position(), end);
    this.in.window(start, end);
    int contents = start;
    try {
      name = whole ? this.in.name() : null;
      contents = whole ? this.in.position() : start;
    } catch (WasmBinaryException damaged) {
      // It is kept in mind as a damaged one.
    }
    if (this.customSections.size() < MOST_CUSTOM_SECTIONS) {
      this.sections.add(new Section(SectionId.CUSTOM, header, start, end));
      this.customSections.add(new CustomSection(name, contents, end));
    }
    this.in.window(end, this.bytes.length);
  }

  private void contents(SectionId id) {
    switch (id) {
      case TYPE -> {
        for (int left = this.in.count("types", this.limits.types()); left > 0; left--) {
          this.entries.add(this.in.position(), this.types.size());
          this.declarations.definition(this.types);
          this.entries.needs(this.declared.forget());
        }
        this.entries.end(this.in.position(), this.types.size());
      }
      case IMPORT -> {
        int count = this.in.count("imports", this.limits.imports());
        this.functionTypes = new int[count];
        for (int left = count; left > 0; left--) {
          imported();
        }
        this.importedFunctions = this.functions;
      }
      case FUNCTION -> functions();
      case TABLE -> {
        for (int left = this.in.count("tables", this.limits.tables()); left > 0; left--) {
          table();
        }
      }
      case MEMORY -> {
        for (int left = this.in.count("memories", this.limits.memories()); left > 0; left--) {
          memory();
        }
      }
      case TAG -> {
        for (int left = this.in.count("tags", this.limits.tables()); left > 0; left--) {
          this.log.at(this.in.position());
          this.log.metException();
          this.tags.add(tag());
        }
      }
      case GLOBAL -> {
        for (int left = this.in.count("globals", this.limits.globals()); left > 0; left--) {
          this.globals.add(this.typeReader.global());
          this.code.constant();
        }
      }
      case EXPORT -> exports();
      case START -> this.startFunction = index("function", this.functions);
      case ELEMENT -> {
        this.elementSegments = this.in.count("element segments", this.limits.segments());
        for (int left = this.elementSegments; left > 0; left--) {
          elements();
        }
      }
      case DATA_COUNT -> {
        met(WasmFeature.BULK_MEMORY);
        this.announcedData = this.in.u32();
      }
      case CODE -> bodies();
      case DATA -> {
        this.dataSegments = this.in.count("data segments", this.limits.segments());
        for (int left = this.dataSegments; left > 0; left--) {
          data();
        }
      }
      default -> throw new IllegalStateException(id.name());
    }
  }

  private void imported() {
    String module = this.in.name();
    String name = this.in.name();
    int start = this.in.position();
    int kind = this.in.octet();
    this.imports.add(new ModuleImport(module, name, importedType(kind, start)));
  }

  private ExternalType importedType(int kind, int start) {
    switch (kind) {
      case 0 -> {
        int type = typeIndex();
        this.functionTypes[this.functions++] = type;
        return new ExternalType.Function(type, this.types.get(type));
      }
      case 1 -> {
        ExternalType.Table table = this.typeReader.table();
        add(table, start);
        return table;
      }
      case 2 -> {
        memory();
        return this.memories.get(this.memories.size() - 1);
      }
      case 3 -> {
        ExternalType.Global global = this.typeReader.global();
        this.globals.add(global);
        if (global.mutable()) {
          met(WasmFeature.MUTABLE_GLOBALS);
        }
        return global;
      }
      case 4 -> {
        this.log.at(this.in.position());
        this.log.metException();
        ExternalType.Tag tag = tag();
        this.tags.add(tag);
        return tag;
      }
      default -> throw malformed("malformed import kind", start);
    }
  }

  private int typeIndex() {
    int type = index("type", this.types.size());
    this.entries.use(type);
    return type;
  }

  private int index(String what, int count) {
    int start = this.in.position();
    long index = this.in.u32();
    if (index >= count) {
      throw new WasmBinaryException(
          Kind.INVALID, "unknown %s %d: there are %d".formatted(what, index, count), start);
    }
    return (int) index;
  }

  private void functions() {
    int count = this.in.count("functions", this.limits.functions());
    this.functionTypes = Arrays.copyOf(this.functionTypes, this.functions + count);
    for (int left = count; left > 0; left--) {
      this.functionTypes[this.functions++] = typeIndex();
    }
  }

  private void table() {
    int start = this.in.position();
    if (this.in.peek() != TABLE_WITH_VALUE) {
      add(this.typeReader.table(), start);
      return;
    }
    met(WasmFeature.TYPED_FUNCTION_REFERENCES);
    this.in.octet();
    if (this.in.octet() != 0) {
      throw malformed("zero byte expected", start + 1);
    }
    add(this.typeReader.table(), start);
    this.code.constant();
  }

  private void add(ExternalType.Table table, int start) {
    this.tables.add(table);
    if (this.tables.size() == 2) {
      this.log.at(start);
      this.log.met(WasmFeature.REFERENCE_TYPES);
    }
  }

  private void memory() {
    int start = this.in.position();
    this.memories.add(this.typeReader.memory());
    if (this.memories.size() == 2) {
      this.log.at(start);
      this.log.met(WasmFeature.MULTI_MEMORY);
    }
    if (this.memories.size() > this.limits.memories()) {
      throw new WasmBinaryException(
          Kind.LIMIT,
          "%d memories, and %d are allowed".formatted(this.memories.size(), this.limits.memories()),
          start);
    }
  }

  private ExternalType.Tag tag() {
    int start = this.in.position();
    if (this.in.octet() != 0) {
      throw malformed("malformed tag attribute", start);
    }
    int type = typeIndex();
    return new ExternalType.Tag(type, this.types.get(type));
  }

  private void exports() {
    int count = this.in.count("exports", this.limits.exports());
    Set<String> names = new HashSet<>();
    for (int left = count; left > 0; left--) {
      int start = this.in.position();
      String name = this.in.name();
      if (!names.add(name)) {
        throw new WasmBinaryException(
            Kind.INVALID, "it exports '%s' twice".formatted(shown(name)), start);
      }
      int at = this.in.position();
      int kind = this.in.octet();
      export(name, kind, at);
    }
  }

  private void export(String name, int kind, int start) {
    switch (kind) {
      case 0 -> {
        int index = exported(name, "function", this.functions);
        int type = this.functionTypes[index];
        ExternalType.Function function = new ExternalType.Function(type, this.types.get(type));
        this.exports.add(new ModuleExport(name, function, index));
      }
      case 1 -> {
        int index = exported(name, "table", this.tables.size());
        this.exports.add(new ModuleExport(name, this.tables.get(index), index));
      }
      case 2 -> {
        int index = exported(name, "memory", this.memories.size());
        this.exports.add(new ModuleExport(name, this.memories.get(index), index));
      }
      case 3 -> {
        int at = this.in.position();
        int index = exported(name, "global", this.globals.size());
        ExternalType.Global global = this.globals.get(index);
        if (global.mutable()) {
          this.log.at(at);
          this.log.met(WasmFeature.MUTABLE_GLOBALS);
        }
        this.exports.add(new ModuleExport(name, global, index));
      }
      case 4 -> {
        int index = exported(name, "tag", this.tags.size());
        this.exports.add(new ModuleExport(name, this.tags.get(index), index));
      }
      default -> throw malformed("malformed export kind", start);
    }
  }

  private int exported(String name, String what, int count) {
    int start = this.in.position();
    long index = this.in.u32();
    if (index >= count) {
      throw new WasmBinaryException(
          Kind.INVALID,
          "it exports %s %d as '%s', and has only %d of these"
              .formatted(what, index, shown(name), count),
          start);
    }
    return (int) index;
  }

  private void elements() {
    int start = this.in.position();
    this.log.at(start);
    long flags = this.in.u32();
    if (flags > 7) {
      throw malformed("malformed elements segment kind", start);
    }
    boolean active = (flags & 1) == 0;
    boolean explicit = (flags & 2) != 0;
    boolean expressions = (flags & 4) != 0;
    if (flags != 0) {
      this.log.met(WasmFeature.BULK_MEMORY);
    }
    if (active) {
      if (explicit && this.in.u32() != 0) {
        this.log.met(WasmFeature.REFERENCE_TYPES);
      }
      this.code.constant();
    } else if (explicit) {
      this.log.met(WasmFeature.REFERENCE_TYPES);
    }
    if ((flags & 3) != 0) {
      if (expressions) {
        this.typeReader.element();
      } else if (this.in.octet() != 0) {
        throw malformed("malformed element kind", this.in.position() - 1);
      }
    }
    int count = this.in.count("elements", Integer.MAX_VALUE);
    for (int left = count; left > 0; left--) {
      if (expressions) {
        this.code.element();
      } else {
        this.in.u32();
      }
    }
  }

  private void data() {
    int start = this.in.position();
    this.log.at(start);
    long flags = this.in.u32();
    if (flags > 2) {
      throw malformed("malformed data segment kind", start);
    }
    if (flags != 0) {
      this.log.met(WasmFeature.BULK_MEMORY);
    }
    if (flags == 2 && this.in.u32() != 0) {
      this.log.met(WasmFeature.MULTI_MEMORY);
    }
    if (flags != 1) {
      this.code.constant();
    }
    this.in.skip(this.in.length());
  }

  private void bodies() {
    int defined = this.functions - this.importedFunctions;
    int start = this.in.position();
    int count = this.in.count("functions", this.limits.functions());
    if (count != defined) {
      throw inconsistent(defined, count, start);
    }
    this.bodies = new int[2 * count];
    int end = this.in.end();
    long locals = 0;
    for (int i = 0; i < count; i++) {
      locals += body(i, end);
      if (locals > this.limits.localsOfAll(this.bytes.length)) {
        throw new WasmBinaryException(
            Kind.LIMIT,
            "more than %d locals in all functions together"
                .formatted(this.limits.localsOfAll(this.bytes.length)),
            this.bodies[2 * i]);
      }
    }
    this.log.enter(-1);
  }

  private int body(int defined, int sectionEnd) {
    int length = this.in.length();
    int start = this.in.position();
    int function = this.importedFunctions + defined;
    if (length > this.limits.functionSize()) {
      throw new WasmBinaryException(
          Kind.LIMIT,
          "function %d has %d bytes, and %d are allowed"
              .formatted(function, length, this.limits.functionSize()),
          start);
    }
    this.bodies[2 * defined] = start;
    this.bodies[2 * defined + 1] = start + length;
    this.log.enter(function);
    this.in.window(start, start + length);
    FunctionType type = this.types.get(this.functionTypes[function]);
    int locals = this.code.body(type == null ? 0 : type.parameters().size());
    this.in.window(start + length, sectionEnd);
    return locals;
  }

  private void checkWhole() {
    int defined = this.functions - this.importedFunctions;
    if (this.bodies.length == 0 && defined > 0) {
      throw inconsistent(defined, 0, this.bytes.length);
    }
    if (this.announcedData >= 0 && this.announcedData != this.dataSegments) {
      throw malformed(
          "data count and data section have inconsistent lengths: %d and %d"
              .formatted(this.announcedData, this.dataSegments),
          this.bytes.length);
    }
    if (this.code.usesDataSegments() && this.announcedData < 0) {
      throw malformed("data count section required", this.bytes.length);
    }
  }

  private static WasmBinaryException inconsistent(int functions, int bodies, int offset) {
    return malformed(
        "function and code section have inconsistent lengths: %d and %d"
            .formatted(functions, bodies),
        offset);
  }

  private void met(WasmFeature feature) {
    this.log.at(this.in.position());
    this.log.met(feature);
  }

  private static String shown(String name) {
    return name.length() <= 80 ? name : name.substring(0, 80) + "…";
  }

  private static WasmBinaryException malformed(String detail, int offset) {
    return new WasmBinaryException(Kind.MALFORMED, detail, offset);
  }
}

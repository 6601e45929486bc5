package io.github.wasmspring.feature;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmGlobalType;
import io.github.wasmspring.feature.ModuleCursor.Lost;
import io.github.wasmspring.feature.ModuleFacts.Import;
import io.github.wasmspring.feature.ModuleFacts.Size;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the sections of a module that say what it is made of, and passes by those with code. */
final class FactsReader {

  private static final int HEADER = 8;
  private static final int EXPORTS = 7;
  private static final List<String> KINDS = List.of("function", "table", "memory", "global", "tag");

  private final ModuleCursor in;
  private final SignatureReader types;
  private final InstructionScan expressions;
  private final List<Import> imports = new ArrayList<>();
  private final List<Size> memories = new ArrayList<>();
  private final List<Size> tables = new ArrayList<>();
  private final List<@Nullable WasmFunctionType> functions = new ArrayList<>();
  private final Map<String, WasmFunctionType> exportedFunctions = new LinkedHashMap<>();
  private long globals;
  private long tags;
  private int exportsAt = -1;
  private int exportsEnd;
  private @Nullable String exportFault;

  FactsReader(ModuleCursor in) {
    this.in = in;
    this.types = new SignatureReader(in);
    FeatureLog unread = new FeatureLog();
    this.expressions = new InstructionScan(in, unread, new TypeScan(in, unread));
  }

  ModuleFacts read() {
    int end = this.in.end();
    this.in.skip(HEADER);
    while (this.in.hasMore()) {
      int id = this.in.octet();
      long length = this.in.number();
      int start = this.in.position();
      this.in.skip(length);
      int next = this.in.position();
      this.in.window(start, next);
      section(id);
      this.in.window(next, end);
    }
    if (this.exportsAt >= 0) {
      this.in.window(this.exportsAt, this.exportsEnd);
      exports();
    }
    return new ModuleFacts(
        List.copyOf(this.imports),
        List.copyOf(this.memories),
        List.copyOf(this.tables),
        this.exportedFunctions,
        this.exportFault);
  }

  private void section(int id) {
    switch (id) {
      case 1 -> this.types.section();
      case 2 -> times(this::imported);
      case 3 -> times(() -> this.functions.add(this.types.function(this.in.number())));
      case 4 -> times(this::table);
      case 5 -> times(this::memory);
      case 6 -> this.globals += this.in.number();
      case EXPORTS -> {
        this.exportsAt = this.in.position();
        this.exportsEnd = this.in.end();
      }
      case 13 -> this.tags += this.in.number();
      default -> {}
    }
  }

  private void times(Runnable entry) {
    for (long left = this.in.number(); left > 0; left--) {
      entry.run();
    }
  }

  private void imported() {
    String module = this.in.text();
    String name = this.in.text();
    int kind = this.in.octet();
    WasmFunctionType type = null;
    WasmGlobalType global = null;
    switch (kind) {
      case 0 -> {
        type = this.types.function(this.in.number());
        this.functions.add(type);
      }
      case 1 -> tableType();
      case 2 -> memory();
      case 3 -> {
        global = new WasmGlobalType(this.types.value(), this.in.octet() == 1);
        this.globals++;
      }
      case 4 -> {
        this.in.octet();
        type = this.types.function(this.in.number());
        this.tags++;
      }
      default -> throw new Lost();
    }
    this.imports.add(new Import(module, name, KINDS.get(kind), type, global));
  }

  private void table() {
    if (this.in.peek() != 0x40) {
      tableType();
      return;
    }
    this.in.skip(2);
    tableType();
    this.expressions.constant();
  }

  private void tableType() {
    this.types.value();
    this.tables.add(size(0));
  }

  private void memory() {
    this.memories.add(size(16));
  }

  private Size size(int unit) {
    int flags = this.in.octet();
    if ((flags & ~0x0f) != 0) {
      throw new Lost();
    }
    long minimum = this.in.wideNumber();
    if ((flags & 0x01) != 0) {
      this.in.skipNumber();
    }
    int shift = (flags & 0x08) != 0 ? (int) this.in.number() : unit;
    if (shift > 16) {
      throw new Lost();
    }
    boolean tooMuch = minimum < 0 || minimum > Long.MAX_VALUE >> shift;
    return new Size(tooMuch ? Long.MAX_VALUE : minimum << shift, (flags & 0x02) != 0);
  }

  private void exports() {
    Set<String> names = new HashSet<>();
    for (long left = this.in.number(); left > 0 && this.exportFault == null; left--) {
      String name = this.in.text();
      int kind = this.in.octet();
      long index = this.in.number();
      if (kind >= KINDS.size()) {
        throw new Lost();
      }
      if (!names.add(name)) {
        this.exportFault = "it exports '%s' twice".formatted(shortened(name));
      } else if (index >= count(kind)) {
        this.exportFault =
            "it exports %s %d as '%s', and has only %d of these"
                .formatted(KINDS.get(kind), index, shortened(name), count(kind));
      } else if (kind == 0) {
        WasmFunctionType type = this.functions.get((int) index);
        if (type != null) {
          this.exportedFunctions.put(name, type);
        }
      }
    }
  }

  private static String shortened(String name) {
    return name.length() > 100 ? name.substring(0, 100) + "…" : name;
  }

  private long count(int kind) {
    return switch (kind) {
      case 0 -> this.functions.size();
      case 1 -> this.tables.size();
      case 2 -> this.memories.size();
      case 3 -> this.globals;
      default -> this.tags;
    };
  }
}

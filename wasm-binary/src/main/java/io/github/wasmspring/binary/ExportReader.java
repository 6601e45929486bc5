package io.github.wasmspring.binary;

import io.github.wasmspring.binary.WasmBinaryException.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads what a module exports; all of it has a name of its own and is there. */
final class ExportReader {

  private final BinaryCursor in;
  private final FeatureLog log;
  private final IndexSpaces spaces;
  private final BinaryLimits limits;

  ExportReader(BinaryCursor in, FeatureLog log, IndexSpaces spaces, BinaryLimits limits) {
    this.in = in;
    this.log = log;
    this.spaces = spaces;
    this.limits = limits;
  }

  /**
   * @throws WasmBinaryException if a name is there twice, or what is exported is not there
   */
  List<ModuleExport> read() {
    List<ModuleExport> exports = new ArrayList<>();
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
      exports.add(export(name, kind, at));
    }
    return exports;
  }

  private ModuleExport export(String name, int kind, int start) {
    switch (kind) {
      case 0 -> {
        int index = exported(name, "function", this.spaces.functions());
        return new ModuleExport(name, this.spaces.function(index), index);
      }
      case 1 -> {
        int index = exported(name, "table", this.spaces.tables.size());
        return new ModuleExport(name, this.spaces.tables.get(index), index);
      }
      case 2 -> {
        int index = exported(name, "memory", this.spaces.memories.size());
        return new ModuleExport(name, this.spaces.memories.get(index), index);
      }
      case 3 -> {
        int at = this.in.position();
        int index = exported(name, "global", this.spaces.globals.size());
        ExternalType.Global global = this.spaces.globals.get(index);
        if (global.mutable()) {
          this.log.at(at);
          this.log.met(WasmFeature.MUTABLE_GLOBALS);
        }
        return new ModuleExport(name, global, index);
      }
      case 4 -> {
        int index = exported(name, "tag", this.spaces.tags.size());
        return new ModuleExport(name, this.spaces.tags.get(index), index);
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

  private static String shown(String name) {
    return name.length() <= 80 ? name : name.substring(0, 80) + "…";
  }

  private static WasmBinaryException malformed(String detail, int offset) {
    return new WasmBinaryException(Kind.MALFORMED, detail, offset);
  }
}

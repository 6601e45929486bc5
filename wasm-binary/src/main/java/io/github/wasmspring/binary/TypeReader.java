package io.github.wasmspring.binary;

import io.github.wasmspring.binary.WasmBinaryException.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads types, as values, references, blocks, tables and memories have them. */
final class TypeReader {

  private static final int NO_RESULT = 0x40;
  private static final int FUNCTION = 0x60;
  private static final int STRUCT = 0x5f;
  private static final int ARRAY = 0x5e;
  private static final int CONTINUATION = 0x5d;
  private static final int GROUP = 0x4e;
  private static final int FINAL_SUBTYPE = 0x4f;
  private static final int OPEN_SUBTYPE = 0x50;
  private static final int FUNCREF = 0x70;
  private static final int EXTERNREF = 0x6f;
  private static final int USUAL_PAGE = 16;

  private final BinaryCursor in;
  private final FeatureLog log;
  private final BinaryLimits limits;
  private final TypeEntries entries;

  /**
   * @param entries are told which types are referred to
   */
  TypeReader(BinaryCursor in, FeatureLog log, BinaryLimits limits, TypeEntries entries) {
    this.in = in;
    this.log = log;
    this.limits = limits;
    this.entries = entries;
  }

  ValueType value() {
    int start = this.in.position();
    int code = this.in.octet();
    switch (code) {
      case 0x7f:
        return ValueType.I32;
      case 0x7e:
        return ValueType.I64;
      case 0x7d:
        return ValueType.F32;
      case 0x7c:
        return ValueType.F64;
      case ValueType.CODE_V128:
        met(WasmFeature.SIMD, start);
        return ValueType.V128;
      default:
        return reference(code, start);
    }
  }

  /** The type of what a table holds, where functions are nothing new. */
  ValueType element() {
    int start = this.in.position();
    int code = this.in.octet();
    return code == FUNCREF ? ValueType.FUNCREF : reference(code, start);
  }

  private ValueType reference(int code, int start) {
    if (code == ValueType.CODE_REF || code == ValueType.CODE_REF_NULL) {
      met(WasmFeature.TYPED_FUNCTION_REFERENCES, start);
      return new ValueType(code, heap());
    }
    abstractHeap(code, start);
    return switch (code) {
      case FUNCREF -> ValueType.FUNCREF;
      case EXTERNREF -> ValueType.EXTERNREF;
      default -> new ValueType(ValueType.CODE_REF_NULL, code - 0x80);
    };
  }

  /** The type that a reference refers to: an index, or an abstract one as a negative number. */
  long heap() {
    int start = this.in.position();
    long type = this.in.s33();
    if (type < -0x40) {
      throw new WasmBinaryException(Kind.MALFORMED, "malformed heap type", start);
    }
    if (type < 0) {
      abstractHeap((int) (type & 0x7f), start);
    } else {
      met(WasmFeature.TYPED_FUNCTION_REFERENCES, start);
      this.entries.use(type);
    }
    return type;
  }

  private void abstractHeap(int code, int start) {
    switch (code) {
      case FUNCREF, EXTERNREF -> met(WasmFeature.REFERENCE_TYPES, start);
      case 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x71, 0x72, 0x73 -> {
        met(WasmFeature.REFERENCE_TYPES, start);
        met(WasmFeature.GC, start);
      }
      case 0x69, 0x74 -> {
        met(WasmFeature.REFERENCE_TYPES, start);
        met(WasmFeature.EXCEPTION_HANDLING, start);
      }
      case 0x68, 0x75 -> {
        met(WasmFeature.REFERENCE_TYPES, start);
        met(WasmFeature.STACK_SWITCHING, start);
      }
      default ->
          throw new WasmBinaryException(
              Kind.MALFORMED, "malformed value type 0x%x".formatted(code), start);
    }
  }

  void block() {
    int code = this.in.peek();
    if (code == NO_RESULT) {
      this.in.octet();
    } else if ((code & 0xc0) == 0x40) {
      value();
    } else {
      int start = this.in.position();
      met(WasmFeature.MULTI_VALUE, start);
      long type = this.in.s33();
      if (type < 0) {
        throw new WasmBinaryException(Kind.MALFORMED, "malformed block type", start);
      }
      this.entries.use(type);
    }
  }

  SizeLimits limits(boolean ofMemory) {
    int start = this.in.position();
    return limits(flags(ofMemory), start);
  }

  ExternalType.Memory memory() {
    int start = this.in.position();
    int flags = flags(true);
    SizeLimits size = limits(flags, start);
    int pageSize = USUAL_PAGE;
    if ((flags & 0x08) != 0) {
      met(WasmFeature.CUSTOM_PAGE_SIZES, start);
      int at = this.in.position();
      long log2 = this.in.u32();
      if (log2 >= 64) {
        throw new WasmBinaryException(Kind.MALFORMED, "malformed page size", at);
      }
      pageSize = (int) log2;
    }
    return new ExternalType.Memory(size, pageSize);
  }

  private int flags(boolean ofMemory) {
    int start = this.in.position();
    int flags = this.in.octet();
    if (flags > (ofMemory ? 0x0f : 0x07)) {
      throw new WasmBinaryException(Kind.MALFORMED, "malformed limits flags", start);
    }
    return flags;
  }

  private SizeLimits limits(int flags, int start) {
    boolean shared = (flags & 0x02) != 0;
    boolean is64 = (flags & 0x04) != 0;
    if (shared) {
      met(WasmFeature.THREADS, start);
    }
    if (is64) {
      met(WasmFeature.MEMORY64, start);
    }
    long minimum = this.in.u64();
    Long maximum = null;
    if ((flags & 0x01) != 0) {
      maximum = this.in.u64();
    }
    return new SizeLimits(minimum, maximum, shared, is64);
  }

  ExternalType.Table table() {
    return new ExternalType.Table(element(), limits(false));
  }

  ExternalType.Global global() {
    ValueType value = value();
    int start = this.in.position();
    int mutable = this.in.octet();
    if (mutable > 1) {
      throw new WasmBinaryException(Kind.MALFORMED, "malformed mutability", start);
    }
    return new ExternalType.Global(value, mutable == 1);
  }

  /**
   * One entry of the type section, which may be a group of types.
   *
   * @param types gets one for each type, {@code null} for one that is not of functions
   */
  void definition(List<@Nullable FunctionType> types) {
    int start = this.in.position();
    int form = this.in.octet();
    if (form != GROUP) {
      subtype(form, start, types);
      return;
    }
    met(WasmFeature.GC, start);
    for (int left = this.in.count("types", this.limits.types() - types.size()); left > 0; left--) {
      int at = this.in.position();
      subtype(this.in.octet(), at, types);
    }
  }

  private void subtype(int form, int start, List<@Nullable FunctionType> types) {
    int composite = form;
    if (form == OPEN_SUBTYPE || form == FINAL_SUBTYPE) {
      met(WasmFeature.GC, start);
      for (int left = this.in.count("supertypes", this.limits.types()); left > 0; left--) {
        this.entries.use(this.in.u32());
      }
      composite = this.in.octet();
    }
    switch (composite) {
      case FUNCTION -> types.add(function());
      case STRUCT -> {
        met(WasmFeature.GC, start);
        for (int left = this.in.count("fields", this.limits.types()); left > 0; left--) {
          field();
        }
        types.add(null);
      }
      case ARRAY -> {
        met(WasmFeature.GC, start);
        field();
        types.add(null);
      }
      case CONTINUATION -> {
        met(WasmFeature.STACK_SWITCHING, start);
        this.entries.use(this.in.s33());
        types.add(null);
      }
      default ->
          throw new WasmBinaryException(
              Kind.MALFORMED,
              "malformed type: the form 0x%x is not known".formatted(composite),
              this.in.position() - 1);
    }
  }

  private FunctionType function() {
    List<ValueType> parameters = values("parameters");
    int start = this.in.position();
    List<ValueType> results = values("results");
    if (results.size() > 1) {
      met(WasmFeature.MULTI_VALUE, start);
    }
    return new FunctionType(parameters, results);
  }

  private List<ValueType> values(String what) {
    int count = this.in.count(what, this.limits.parameters());
    List<ValueType> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(value());
    }
    return values;
  }

  private void field() {
    int packed = this.in.peek();
    if (packed == 0x78 || packed == 0x77) {
      this.in.octet();
    } else {
      value();
    }
    int start = this.in.position();
    if (this.in.octet() > 1) {
      throw new WasmBinaryException(Kind.MALFORMED, "malformed mutability", start);
    }
  }

  private void met(WasmFeature feature, int position) {
    this.log.at(position);
    this.log.met(feature);
  }
}

package io.github.wasmspring.feature;

import io.github.wasmspring.feature.ModuleCursor.Lost;

/** Reads types, as values, references, blocks and memories have them. */
final class TypeScan {

  private static final int NO_RESULT = 0x40;
  private static final int REF = 0x64;
  private static final int REF_NULL = 0x63;
  private static final int FUNCREF = 0x70;

  private final ModuleCursor in;
  private final FeatureLog log;

  TypeScan(ModuleCursor in, FeatureLog log) {
    this.in = in;
    this.log = log;
  }

  void value() {
    this.log.at(this.in.position());
    int code = this.in.octet();
    switch (code) {
      case 0x7f, 0x7e, 0x7d, 0x7c -> {}
      case 0x7b -> this.log.met(WasmFeature.SIMD);
      default -> reference(code);
    }
  }

  /** The type of what a table holds, where functions are nothing new. */
  void element() {
    this.log.at(this.in.position());
    int code = this.in.octet();
    if (code != FUNCREF) {
      reference(code);
    }
  }

  private void reference(int code) {
    if (code == REF || code == REF_NULL) {
      this.log.met(WasmFeature.TYPED_FUNCTION_REFERENCES);
      heap();
    } else {
      abstractHeap(code);
    }
  }

  /** The type that a reference refers to. */
  void heap() {
    long type = this.in.signed();
    if (type < 0) {
      abstractHeap((int) (type & 0x7f));
    } else {
      this.log.met(WasmFeature.TYPED_FUNCTION_REFERENCES);
    }
  }

  private void abstractHeap(int code) {
    this.log.met(WasmFeature.REFERENCE_TYPES);
    switch (code) {
      case FUNCREF, 0x6f -> {}
      case 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x71, 0x72, 0x73 -> this.log.met(WasmFeature.GC);
      case 0x69, 0x74 -> this.log.met(WasmFeature.EXCEPTION_HANDLING);
      case 0x68, 0x75 -> this.log.met(WasmFeature.STACK_SWITCHING);
      default -> throw new Lost();
    }
  }

  void block() {
    int code = this.in.peek();
    if (code == NO_RESULT) {
      this.in.octet();
    } else if ((code & 0x80) == 0 && (code & 0x40) != 0) {
      value();
    } else {
      this.log.met(WasmFeature.MULTI_VALUE);
      this.in.signed();
    }
  }

  /** Of a table or a memory. */
  void limits() {
    this.log.at(this.in.position());
    int flags = this.in.octet();
    if ((flags & ~0x0f) != 0) {
      throw new Lost();
    }
    if ((flags & 0x02) != 0) {
      this.log.met(WasmFeature.THREADS);
    }
    if ((flags & 0x04) != 0) {
      this.log.met(WasmFeature.MEMORY64);
    }
    this.in.skipNumber();
    if ((flags & 0x01) != 0) {
      this.in.skipNumber();
    }
    if ((flags & 0x08) != 0) {
      this.log.met(WasmFeature.CUSTOM_PAGE_SIZES);
      this.in.skipNumber();
    }
  }

  /** One entry of the type section, which may be a group of types. */
  void definition() {
    this.log.at(this.in.position());
    int form = this.in.octet();
    if (form != 0x4e) {
      subtype(form);
      return;
    }
    this.log.met(WasmFeature.GC);
    for (long left = this.in.number(); left > 0; left--) {
      subtype(this.in.octet());
    }
  }

  private void subtype(int form) {
    int composite = form;
    if (form == 0x50 || form == 0x4f) {
      this.log.met(WasmFeature.GC);
      for (long left = this.in.number(); left > 0; left--) {
        this.in.number();
      }
      composite = this.in.octet();
    }
    switch (composite) {
      case 0x60 -> function();
      case 0x5f -> {
        this.log.met(WasmFeature.GC);
        for (long left = this.in.number(); left > 0; left--) {
          field();
        }
      }
      case 0x5e -> {
        this.log.met(WasmFeature.GC);
        field();
      }
      case 0x5d -> {
        this.log.met(WasmFeature.STACK_SWITCHING);
        this.in.signed();
      }
      default -> throw new Lost();
    }
  }

  private void function() {
    for (long left = this.in.number(); left > 0; left--) {
      value();
    }
    int position = this.in.position();
    long results = this.in.number();
    if (results > 1) {
      this.log.at(position);
      this.log.met(WasmFeature.MULTI_VALUE);
    }
    for (long left = results; left > 0; left--) {
      value();
    }
  }

  private void field() {
    int packed = this.in.peek();
    if (packed == 0x78 || packed == 0x77) {
      this.in.octet();
    } else {
      value();
    }
    this.in.octet();
  }
}

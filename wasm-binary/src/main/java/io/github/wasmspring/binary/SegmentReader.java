package io.github.wasmspring.binary;

import io.github.wasmspring.binary.WasmBinaryException.Kind;

/** Reads what tables and memories are filled with. */
final class SegmentReader {

  private final BinaryCursor in;
  private final FeatureLog log;
  private final TypeReader types;
  private final CodeReader code;

  SegmentReader(BinaryCursor in, FeatureLog log, TypeReader types, CodeReader code) {
    this.in = in;
    this.log = log;
    this.types = types;
    this.code = code;
  }

  void elements() {
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
        this.types.element();
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

  void data() {
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

  private static WasmBinaryException malformed(String detail, int offset) {
    return new WasmBinaryException(Kind.MALFORMED, detail, offset);
  }
}

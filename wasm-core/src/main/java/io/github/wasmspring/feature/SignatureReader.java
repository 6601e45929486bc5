package io.github.wasmspring.feature;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.feature.ModuleCursor.Lost;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the types that a module defines, as far as they are those of functions. */
final class SignatureReader {

  private final ModuleCursor in;
  private final List<@Nullable WasmFunctionType> defined = new ArrayList<>();

  SignatureReader(ModuleCursor in) {
    this.in = in;
  }

  void section() {
    for (long left = this.in.number(); left > 0; left--) {
      if (this.in.peek() == 0x4e) {
        this.in.octet();
        for (long inGroup = this.in.number(); inGroup > 0; inGroup--) {
          definition();
        }
      } else {
        definition();
      }
    }
  }

  private void definition() {
    int form = this.in.octet();
    if (form == 0x50 || form == 0x4f) {
      for (long left = this.in.number(); left > 0; left--) {
        this.in.skipNumber();
      }
      form = this.in.octet();
    }
    switch (form) {
      case 0x60 -> this.defined.add(new WasmFunctionType(values(), values()));
      case 0x5f -> {
        for (long left = this.in.number(); left > 0; left--) {
          field();
        }
        this.defined.add(null);
      }
      case 0x5e -> {
        field();
        this.defined.add(null);
      }
      case 0x5d -> {
        this.in.signed();
        this.defined.add(null);
      }
      default -> throw new Lost();
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

  private List<WasmValueType> values() {
    List<WasmValueType> values = new ArrayList<>();
    for (long left = this.in.number(); left > 0; left--) {
      values.add(value());
    }
    return values;
  }

  WasmValueType value() {
    return switch (this.in.octet()) {
      case 0x7f -> WasmValueType.I32;
      case 0x7e -> WasmValueType.I64;
      case 0x7d -> WasmValueType.F32;
      case 0x7c -> WasmValueType.F64;
      case 0x7b -> WasmValueType.V128;
      case 0x70 -> WasmValueType.FUNCREF;
      case 0x6f -> WasmValueType.EXTERNREF;
      case 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x71, 0x72, 0x73, 0x74, 0x75 ->
          WasmValueType.REF;
      case 0x63 ->
          switch ((int) this.in.signed()) {
            case -0x10 -> WasmValueType.FUNCREF;
            case -0x11 -> WasmValueType.EXTERNREF;
            default -> WasmValueType.REF;
          };
      case 0x64 -> {
        this.in.signed();
        yield WasmValueType.REF;
      }
      default -> throw new Lost();
    };
  }

  /**
   * @return {@code null} if it is the type of something else
   * @throws Lost if there is no such type
   */
  @Nullable WasmFunctionType function(long index) {
    if (index >= this.defined.size()) {
      throw new Lost();
    }
    return this.defined.get((int) index);
  }
}

package io.github.wasmspring.binary;

import java.util.HexFormat;

/**
 * A module whose function {@code f} answers 42 by means of a feature. The bytes were made of the
 * text with wabt 1.0.32, or where that does not know the feature, with Binaryen 132.
 */
public enum FeatureProbe {
  MUTABLE_GLOBALS(
      "(global (export \"g\") (mut i32) (i32.const 42)) (func (export \"f\") (result i32) (global.get 0))",
      "010000000105016000017f030201000606017f01412a0b07090201670300016600000a0601040023000b"),
  SIGN_EXTENSION(
      "(func (export \"f\") (result i32) (i32.extend8_s (i32.const 298)))",
      "010000000105016000017f03020100070501016600000a0801060041aa02c00b"),
  NONTRAPPING_FLOAT_TO_INT(
      "(func (export \"f\") (result i32) (i32.trunc_sat_f32_s (f32.const 42.5)))",
      "010000000105016000017f03020100070501016600000a0b0109004300002a42fc000b"),
  MULTI_VALUE(
      "(func $two (result i32 i32) (i32.const 40) (i32.const 2)) (func (export \"f\") (result i32) (call $two) (i32.add))",
      "01000000010a026000027f7f6000017f0303020001070501016600010a0e020600412841020b050010006a0b"),
  BULK_MEMORY(
      "(memory 1) (func (export \"f\") (result i32) (memory.fill (i32.const 0) (i32.const 42) (i32.const 1)) (i32.load8_u (i32.const 0)))",
      "010000000105016000017f030201000503010001070501016600000a120110004100412a4101fc0b0041002d00000b"),
  REFERENCE_TYPES(
      "(table 1 externref) (func (export \"f\") (result i32) (i32.add (i32.const 41) (ref.is_null (table.get 0 (i32.const 0)))))",
      "010000000105016000017f030201000404016f0001070501016600000a0c010a00412941002500d16a0b"),
  EXTENDED_CONST(
      "(global i32 (i32.add (i32.const 40) (i32.const 2))) (func (export \"f\") (result i32) (global.get 0))",
      "010000000105016000017f030201000609017f00412841026a0b070501016600000a0601040023000b"),
  TAIL_CALL(
      "(func $g (result i32) (i32.const 42)) (func (export \"f\") (result i32) (return_call $g))",
      "010000000105016000017f0303020000070501016600010a0b020400412a0b040012000b"),
  SIMD(
      "(func (export \"f\") (result i32) (i32x4.extract_lane 0 (i32x4.splat (i32.const 42))))",
      "010000000105016000017f03020100070501016600000a0b010900412afd11fd1b000b"),
  RELAXED_SIMD(
      "(func (export \"f\") (result i32) (i32x4.extract_lane 0 (i32x4.relaxed_trunc_f32x4_s (f32x4.splat (f32.const 42)))))",
      "010000000105016000017f03020100070501016600000a11010f004300002842fd13fd8102fd1b000b"),
  THREADS(
      "(memory 1 1 shared) (func (export \"f\") (result i32) (i32.atomic.store (i32.const 0) (i32.const 42)) (i32.atomic.load (i32.const 0)))",
      "010000000105016000017f03020100050401030101070501016600000a120110004100412afe1702004100fe1002000b"),
  EXCEPTION_HANDLING(
      "(tag $t (param i32)) (func (export \"f\") (result i32) (block $h (result i32) (try_table (catch $t $h) (throw $t (i32.const 42))) (i32.const 0)))",
      "0100000001090260017f006000017f030201010d03010000070501016600000a13011100027f1f4001000000412a08000b000b0b"),
  LEGACY_EXCEPTION_HANDLING(
      "(tag $t (param i32)) (func (export \"f\") (result i32) (try (result i32) (do (throw $t (i32.const 42))) (catch $t)))",
      "0100000001090260017f006000017f030201010d03010000070501016600000a0d010b00067f412a080007000b0b"),
  TYPED_FUNCTION_REFERENCES(
      "(type $s (func (result i32))) (elem declare func $g) (func $g (type $s) (i32.const 42)) (func (export \"f\") (result i32) (call_ref $s (ref.func $g)))",
      "010000000105016000017f030302000007050101660001090501030001000a0d020400412a0b0600d20014000b"),
  GC(
      "(type $b (struct (field i32))) (func (export \"f\") (result i32) (struct.get $b 0 (struct.new $b (i32.const 42))))",
      "010000000109025f017f006000017f03020101070501016600000a0d010b00412afb0000fb0200000b"),
  MULTI_MEMORY(
      "(memory 1) (memory $m 1) (func (export \"f\") (result i32) (i32.store $m (i32.const 0) (i32.const 42)) (i32.load $m (i32.const 0)))",
      "010000000105016000017f0302010005050200010001070501016600000a120110004100412a364201004100284201000b"),
  MEMORY64(
      "(memory i64 1) (func (export \"f\") (result i32) (i32.store (i64.const 0) (i32.const 42)) (i32.load (i64.const 0)))",
      "010000000105016000017f030201000503010401070501016600000a10010e004200412a36020042002802000b"),
  CUSTOM_PAGE_SIZES(
      "(memory 64 (pagesize 1)) (func (export \"f\") (result i32) (i32.store (i32.const 0) (i32.const 42)) (i32.load (i32.const 0)))",
      "010000000105016000017f03020100050401084000070501016600000a10010e004100412a36020041002802000b"),
  WIDE_ARITHMETIC(
      "(func (export \"f\") (result i32) (local i64) (i64.mul_wide_u (i64.const 6) (i64.const 7)) (drop) (i32.wrap_i64))",
      "010000000105016000017f03020100070501016600000a18011601047e42064207fc1621022201210320021a2003a70b"),
  STACK_SWITCHING(
      "(type $f (func (result i32))) (type $c (cont $f)) (elem declare func $g) (func $g (result i32) (i32.const 42)) (func (export \"f\") (result i32) (resume $c (cont.new $c (ref.func $g))))",
      "010000000107026000017f5d00030302000007050101660001090501030001000a10020400412a0b0900d200e001e301000b");

  private final String text;
  private final byte[] bytes;

  FeatureProbe(String text, String hex) {
    this.text = "(module " + text + ")";
    this.bytes = HexFormat.of().parseHex("0061736d" + hex);
  }

  /** The module as text, for who wants to make it again. */
  public String text() {
    return this.text;
  }

  public byte[] bytes() {
    return this.bytes.clone();
  }

  public WasmFeature feature() {
    return WasmFeature.valueOf(name());
  }
}

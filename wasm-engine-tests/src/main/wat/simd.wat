;; Vectors in all places where values can be.
(module
  (type $two (func (param v128 v128) (result v128)))
  (type $one (func (param v128) (result v128)))
  (memory (export "memory") 1 2)
  (global $sum (export "sum") (mut v128) (v128.const i64x2 1 2))
  (global $begin (export "begin") v128 (v128.const i32x4 1 2 3 4))
  (table (export "table") funcref (elem $add $mul $first))

  (func $add (type $two) (i32x4.add (local.get 0) (local.get 1)))
  (func $mul (type $two) (i32x4.mul (local.get 0) (local.get 1)))
  (func $first (type $one) (local.get 0))

  (func $pair (param i64 i64) (result v128)
    (i64x2.replace_lane 1 (i64x2.splat (local.get 0)) (local.get 1)))
  (func $halves (param v128) (result i64 i64)
    (i64x2.extract_lane 0 (local.get 0))
    (i64x2.extract_lane 1 (local.get 0)))

  (func (export "identity") (param v128) (result v128) (local.get 0))
  (func (export "swap") (param v128 v128) (result v128 v128) (local.get 1) (local.get 0))
  (func (export "apply") (param $which i32) (param i64 i64 i64 i64) (result i64 i64)
    (call $halves
      (call_indirect (type $two)
        (call $pair (local.get 1) (local.get 2))
        (call $pair (local.get 3) (local.get 4))
        (local.get $which))))

  (func (export "bump") (result i64 i64)
    (global.set $sum (i64x2.add (global.get $sum) (v128.const i64x2 10 20)))
    (call $halves (global.get $sum)))
  (func (export "begin_of") (param i32) (result i32)
    (i32x4.extract_lane 3 (i32x4.shl (global.get $begin) (local.get 0))))

  (func (export "store") (param $address i32)
    (v128.store (local.get $address) (v128.const i64x2 -1 -1)))
  (func (export "load") (param $address i32) (result i64 i64)
    (call $halves (v128.load offset=8 (local.get $address))))
  (func (export "load_lane") (param $address i32) (result i64 i64)
    (call $halves (v128.load16_lane 7 (local.get $address) (v128.const i64x2 1 2))))

  ;; Greater ones come out of a block with a branch that carries a vector.
  (func (export "choose") (param $second i32) (result i32)
    (i32x4.extract_lane 1
      (block $chosen (result v128)
        (v128.const i32x4 1 2 3 4)
        (br_if $chosen (i32.eqz (local.get $second)))
        (drop)
        (select (v128.const i32x4 9 8 7 6) (v128.const i32x4 5 5 5 5) (i32.eq (local.get $second) (i32.const 1))))))

  ;; A loop that carries one, above a number that is left where it is.
  (func (export "power") (param $rounds i32) (result i32)
    (local $turn i32)
    (i32.const 1000)
    (v128.const i32x4 3 3 3 3)
    (loop $again (param v128) (result v128)
      (i32x4.add (v128.const i32x4 1 1 1 1))
      (br_if $again (i32.lt_s (local.tee $turn (i32.add (local.get $turn) (i32.const 1))) (local.get $rounds))))
    (i32x4.extract_lane 2)
    (i32.add))

  (func (export "dot") (param $a i32) (param $b i32) (param $bytes i32) (result f32)
    (local $sum v128)
    (loop $more
      (local.set $sum
        (f32x4.add (local.get $sum)
          (f32x4.mul (v128.load (local.get $a)) (v128.load (local.get $b)))))
      (local.set $a (i32.add (local.get $a) (i32.const 16)))
      (local.set $b (i32.add (local.get $b) (i32.const 16)))
      (br_if $more (local.tee $bytes (i32.sub (local.get $bytes) (i32.const 16)))))
    (f32.add
      (f32.add (f32x4.extract_lane 0 (local.get $sum)) (f32x4.extract_lane 1 (local.get $sum)))
      (f32.add (f32x4.extract_lane 2 (local.get $sum)) (f32x4.extract_lane 3 (local.get $sum)))))

  (func (export "count") (param $at i32) (param $byte i32) (param $bytes i32) (result i32)
    (local $wanted v128) (local $found v128) (local $all v128)
    (local.set $wanted (i8x16.splat (local.get $byte)))
    (loop $more
      (local.set $found (i8x16.eq (v128.load (local.get $at)) (local.get $wanted)))
      (local.set $all
        (i32x4.sub (local.get $all)
          (i32x4.extadd_pairwise_i16x8_s (i16x8.extadd_pairwise_i8x16_s (local.get $found)))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br_if $more (local.tee $bytes (i32.sub (local.get $bytes) (i32.const 16)))))
    (local.set $all (i32x4.add (local.get $all) (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $all) (local.get $all))))
    (i32.add (i32x4.extract_lane 0 (local.get $all)) (i32x4.extract_lane 1 (local.get $all))))

  (func (export "spin") (result i32)
    (local $v v128)
    (loop $forever
      (local.set $v (i32x4.add (local.get $v) (v128.const i32x4 1 1 1 1)))
      (br_if $forever (i32.or (i32x4.extract_lane 0 (local.get $v)) (i32.const 1))))
    (i32x4.extract_lane 0 (local.get $v))))

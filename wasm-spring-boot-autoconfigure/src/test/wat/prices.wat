;; Calculates with functions of another module.
(module
  (import "mathlib" "percent" (func $percent (param i32 i32) (result i32)))
  (import "mathlib" "share" (func $share (param i32 i32) (result i32)))
  (func (export "total") (param $price i32) (param $tax i32) (result i32)
    (i32.add (local.get $price) (call $percent (local.get $price) (local.get $tax))))
  (func (export "each") (param $price i32) (param $people i32) (result i32)
    (call $share (local.get $price) (local.get $people))))

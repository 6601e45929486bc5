;; Numbers only: no memory, no allocator.
(module
  (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func (export "add_long") (param i64 i64) (result i64) (i64.add (local.get 0) (local.get 1)))
  (func (export "half") (param f64) (result f64) (f64.mul (local.get 0) (f64.const 0.5)))
  (func (export "half_float") (param f32) (result f32) (f32.mul (local.get 0) (f32.const 0.5)))
  (func (export "nothing"))
  (func (export "two_results") (result i32 i32) (i32.const 1) (i32.const 2)))

;; The same, rounds up.
(module
  (func (export "percent") (param $amount i32) (param $percent i32) (result i32)
    (i32.div_s
      (i32.add (i32.mul (local.get $amount) (local.get $percent)) (i32.const 99))
      (i32.const 100)))
  (func (export "share") (param $amount i32) (param $parts i32) (result i32)
    (i32.div_s
      (i32.sub (i32.add (local.get $amount) (local.get $parts)) (i32.const 1))
      (local.get $parts))))

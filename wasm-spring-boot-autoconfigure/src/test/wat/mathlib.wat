;; What other modules import: rounds down.
(module
  (func (export "percent") (param $amount i32) (param $percent i32) (result i32)
    (i32.div_s (i32.mul (local.get $amount) (local.get $percent)) (i32.const 100)))
  (func (export "share") (param $amount i32) (param $parts i32) (result i32)
    (i32.div_s (local.get $amount) (local.get $parts))))

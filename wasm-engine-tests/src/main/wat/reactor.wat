;; A reactor as wasi-libc makes it: it must be initialised once, and traps the second time.
(module
  (global $ready (mut i32) (i32.const 0))
  (func (export "_initialize")
    (if (global.get $ready) (then unreachable))
    (global.set $ready (i32.const 1)))
  (func (export "ready") (result i32) (global.get $ready)))

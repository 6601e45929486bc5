;; Fails in functions that other functions call.
(module
  (import "env" "callback" (func $callback))
  (func $innermost unreachable)
  (func $middle (call $innermost))
  (func (export "outer") (call $middle))
  (func $deeper (export "recurse") (param i32) (result i32)
    (i32.add (call $deeper (local.get 0)) (i32.const 1)))
  (func $endless (loop $again (br $again)))
  (func (export "spin") (call $endless))
  (func (export "host") (call $callback)))

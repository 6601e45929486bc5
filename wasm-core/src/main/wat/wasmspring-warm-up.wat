;; Called once before the first real call, so that the JVM knows all that calling takes; see WarmUp.
;; It has one of everything that modules usually have, and answers with what it was given.
(module
  (memory (export "memory") 1)
  (table 1 funcref)
  (global $next (mut i32) (i32.const 1024))
  (data (i32.const 16) "warm")
  (elem (i32.const 0) $echo)
  (type $buffer (func (param i32 i32) (result i64)))
  (func (export "wasm_alloc") (param $len i32) (result i32)
    (global.get $next)
    (global.set $next (i32.add (global.get $next) (local.get $len))))
  (func (export "wasm_free") (param i32 i32))
  (func $echo (param $at i32) (param $len i32) (result i64)
    (i64.or
      (i64.shl (i64.extend_i32_u (local.get $at)) (i64.const 32))
      (i64.extend_i32_u (local.get $len))))
  (func (export "echo") (type $buffer)
    (call_indirect (type $buffer) (local.get 0) (local.get 1) (i32.const 0))))

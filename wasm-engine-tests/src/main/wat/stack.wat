;; Goes as deep as it is asked to.
(module
  (import "host" "note" (func $note))
  (memory (export "memory") 1)
  (func (export "wasm_alloc") (param i32) (result i32) (call $note) (i32.const 64))
  (func (export "wasm_free") (param i32 i32))
  (func (export "echo") (param i32 i32) (result i64)
    (i64.or
      (i64.shl (i64.extend_i32_u (local.get 0)) (i64.const 32))
      (i64.extend_i32_u (local.get 1))))
  (func $down (export "down") (param i32) (result i32)
    (if (result i32) (i32.eqz (local.get 0))
      (then (i32.const 0))
      (else
        (i32.add (call $down (i32.sub (local.get 0) (i32.const 1))) (i32.const 1)))))
  (func (export "spin") (result i32) (loop (br 0)) (unreachable)))

;; Publishes each message that it takes to relay.out, and answers with it.
(module
  (import "wasmspring" "publish" (func $publish (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 2)
  (data (i32.const 16) "relay.out")
  (global $heap (mut i32) (i32.const 4096))
  (func (export "wasm_alloc") (param $len i32) (result i32)
    (local $address i32)
    (local.set $address (global.get $heap))
    (global.set $heap (i32.add (local.get $address) (local.get $len)))
    (local.get $address))
  (func (export "wasm_free") (param i32 i32) (global.set $heap (i32.const 4096)))
  (func (export "relay") (param i32 i32) (result i32)
    (call $publish (i32.const 16) (i32.const 9) (local.get 0) (local.get 1)))
  (func (export "answer") (param i32 i32) (result i64)
    (i64.or
      (i64.shl (i64.extend_i32_u (local.get 0)) (i64.const 32))
      (i64.extend_i32_u (local.get 1)))))

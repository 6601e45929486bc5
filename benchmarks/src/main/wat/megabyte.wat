;; Gives bytes back, as calls.wat does, with room for a megabyte there and a megabyte back.
(module
  (memory (export "memory") 33)
  (global $top (mut i32) (i32.const 1024))

  ;; A stack of buffers: the last one taken is the first one given back.
  (func $alloc (export "wasm_alloc") (param $len i32) (result i32)
    (local $address i32)
    (local.set $address (global.get $top))
    (global.set $top (i32.add (global.get $top) (local.get $len)))
    (local.get $address))

  (func (export "wasm_free") (param $address i32) (param $len i32)
    (global.set $top (local.get $address)))

  (func (export "echo") (param $address i32) (param $len i32) (result i64)
    (local $copy i32)
    (local.set $copy (call $alloc (local.get $len)))
    (memory.copy (local.get $copy) (local.get $address) (local.get $len))
    (i64.or
      (i64.shl (i64.extend_i32_u (local.get $copy)) (i64.const 32))
      (i64.extend_i32_u (local.get $len)))))

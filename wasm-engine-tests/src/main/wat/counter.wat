;; Takes messages: counts them, answers with them, traps on those that begin with an x.
(module
  (memory (export "memory") 2)
  (global $heap (mut i32) (i32.const 4096))
  (global $count (mut i32) (i32.const 0))
  (global $letters (mut i32) (i32.const 0))
  (func (export "wasm_alloc") (param $len i32) (result i32)
    (local $address i32)
    (local.set $address (global.get $heap))
    (global.set $heap (i32.add (local.get $address) (local.get $len)))
    (local.get $address))
  (func (export "wasm_free") (param i32 i32) (global.set $heap (i32.const 4096)))
  (func (export "count") (param $address i32) (param $len i32) (result i32)
    (if (i32.eq (i32.load8_u (local.get $address)) (i32.const 0x78)) (then unreachable))
    (global.set $count (i32.add (global.get $count) (i32.const 1)))
    (global.set $letters (i32.add (global.get $letters) (local.get $len)))
    (global.get $count))
  (func (export "counted") (result i32) (global.get $count))
  (func (export "letters") (result i32) (global.get $letters))
  ;; Answers with the topic.
  (func (export "topic_of") (param i32 i32 i32 i32) (result i64)
    (i64.or
      (i64.shl (i64.extend_i32_u (local.get 0)) (i64.const 32))
      (i64.extend_i32_u (local.get 1))))
  (func (export "answer") (param i32 i32) (result i64)
    (i64.or
      (i64.shl (i64.extend_i32_u (local.get 0)) (i64.const 32))
      (i64.extend_i32_u (local.get 1)))))

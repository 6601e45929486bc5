;; Publishes with lying addresses and lengths, and to topics that are not its own.
(module
  (import "wasmspring" "publish" (func $publish (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "own.topic")
  (data (i32.const 16) "other.topic")
  (data (i32.const 32) "own..topic")
  (func (export "alive") (result i32) (i32.const 42))
  (func (export "publish") (param i32 i32 i32 i32) (result i32)
    (call $publish (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  ;; Publishes at every depth of the stack.
  (func $recurse (export "recurse") (param i32) (result i32)
    (drop (call $publish (i32.const 0) (i32.const 9) (i32.const 0) (i32.const 9)))
    (i32.add (call $recurse (local.get 0)) (i32.const 1))))

;; Uses up the stack.
(module
  (import "env" "back" (func $back (param i32) (result i32)))
  (memory (export "memory") 1)
  (type $again (func (param i32) (result i32)))
  (table 1 1 funcref)
  (elem (i32.const 0) func $indirect)
  (func (export "alive") (result i32) (i32.const 42))
  (func $deep (export "deep") (param i32) (result i32)
    (i32.add (call $deep (i32.add (local.get 0) (i32.const 1))) (i32.const 1)))
  (func $ping (export "mutual") (param i32) (result i32)
    (i32.add (call $pong (local.get 0)) (i32.const 1)))
  (func $pong (param i32) (result i32)
    (i32.add (call $ping (local.get 0)) (i32.const 1)))
  (func $indirect (export "indirect") (param i32) (result i32)
    (i32.add
      (call_indirect (type $again) (local.get 0) (i32.const 0))
      (i32.const 1)))
  (func $wide (export "wide") (param i64 i64 i64 i64 i64 i64 i64 i64) (result i64)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (i64.add
      (call $wide
        (local.get 1) (local.get 2) (local.get 3) (local.get 4)
        (local.get 5) (local.get 6) (local.get 7) (local.get 0))
      (local.get 8)))
  ;; The stack overflows while the host makes a memory longer.
  (func $growing (export "growing") (param i32) (result i32)
    (drop (memory.grow (i32.const 1)))
    (i32.add (call $growing (local.get 0)) (i32.const 1)))
  ;; The host calls back, and so on.
  (func (export "reenter") (param i32) (result i32)
    (i32.add (call $back (local.get 0)) (i32.const 1))))

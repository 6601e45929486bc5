;; Calls its host.
(module
  (import "env" "answer" (func $answer (param i32) (result i32)))
  (import "env" "mix" (func $mix (param i64 f32 f64) (result f64)))
  (memory (export "memory") 1)
  (func (export "ask") (param i32) (result i32) (call $answer (local.get 0)))
  (func (export "ask_for_ever") (loop $again (drop (call $answer (i32.const 1))) (br $again)))
  (func (export "mix") (param i64 f32 f64) (result f64)
    (call $mix (local.get 0) (local.get 1) (local.get 2)))
  (func (export "twice") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2)))
  (func (export "fail") unreachable))

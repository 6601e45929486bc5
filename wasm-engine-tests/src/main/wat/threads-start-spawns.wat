;; Starts a thread that spins while it is made, and so do its threads.
(module
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (memory (export "memory") 1 1 shared)
  (func $begin (drop (call $spawn (i32.const 0))))
  (start $begin)
  (func (export "wasi_thread_start") (param i32 i32) (loop $again (br $again))))

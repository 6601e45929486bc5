;; A program whose main function returns while a thread of it spins.
(module
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (import "env" "memory" (memory 1 2 shared))
  (export "memory" (memory 0))
  (func (export "wasi_thread_start") (param i32 i32)
    (if (i32.eq (local.get 1) (i32.const 3)) (then (call $exit (i32.const 3))))
    (loop $again (br $again)))
  (func (export "_start")
    (drop (call $spawn (i32.const 0)))))

;; Wants threads without saying where they begin.
(module
  (import "wasi" "thread-spawn" (func (param i32) (result i32)))
  (memory (export "memory") 1 1 shared))

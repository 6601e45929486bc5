;; Looks for what it might be given: the system, files, the memory and functions of others.
(module
  (import "env" "system" (func (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func (param i32)))
  (import "wasi_snapshot_preview1" "path_open"
    (func (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "java.lang.Runtime" "exec" (func (param i32 i32) (result i32)))
  (func (export "alive") (result i32) (i32.const 42)))

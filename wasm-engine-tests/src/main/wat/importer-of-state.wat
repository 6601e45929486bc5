;; Has a memory and a global in common with another module.
(module
  (import "library" "memory" (memory 1 3))
  (import "library" "count" (global $count (mut i32)))
  (import "library" "next" (func $next (result i32)))
  (func (export "poke") (param i32 i32) (i32.store (local.get 0) (local.get 1)))
  (func (export "peek") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "counted") (result i32)
    (drop (call $next))
    (global.set $count (i32.add (global.get $count) (i32.const 10)))
    (call $next)))

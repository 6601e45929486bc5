;; Imports from a module directly, and from another one that imports from that, too.
(module
  (import "between" "twice" (func $twice (result i32)))
  (import "library" "next" (func $next (result i32)))
  (func (export "number") (result i32) (i32.add (i32.mul (call $twice) (i32.const 10)) (call $next))))

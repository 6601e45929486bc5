;; Imports from one module, and is imported from by another one.
(module
  (import "library" "next" (func $next (result i32)))
  (func (export "twice") (result i32) (drop (call $next)) (call $next)))

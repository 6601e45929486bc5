;; Imports what its library does not have, or has with another type.
(module
  (import "library" "ad" (func (param i32 i32) (result i32)))
  (import "library" "divide" (func (param i64 i64) (result i64)))
  (import "library" "memory" (memory 2)))

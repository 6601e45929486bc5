;; Calls functions of another module through its table.
(module
  (import "library" "table" (table 2 funcref))
  (type $binary (func (param i32 i32) (result i32)))
  (func (export "apply") (param i32 i32) (result i32)
    (call_indirect (type $binary) (local.get 0) (local.get 1) (i32.const 0))))

;; Adds two numbers as calls.wat does, and has 16 MB of memory that it does not need.
(module
  (memory (export "memory") 256)
  (func (export "add") (param i32 i32) (result i32)
    (i32.add (local.get 0) (local.get 1))))

;; The smallest guest that has memory: one page.
(module
  (memory (export "memory") 1)
  (func (export "add") (param i32 i32) (result i32)
    (i32.add (local.get 0) (local.get 1)))

  (func (export "grow") (param i32) (result i32)
    (memory.grow (local.get 0))))

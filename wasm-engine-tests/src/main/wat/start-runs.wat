;; Its start function writes what `answer` reads; a reset must come back to that.
(module
  (memory (export "memory") 1)
  (func $start (i32.store (i32.const 8) (i32.const 42)))
  (start $start)
  (func (export "answer") (result i32) (i32.load (i32.const 8)))
  (func (export "forget") (i32.store (i32.const 8) (i32.const 0))))

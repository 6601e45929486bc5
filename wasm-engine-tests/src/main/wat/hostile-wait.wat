;; Waits for somebody to wake it up, which nobody does.
(module
  (memory (export "memory") 1 16 shared)
  (func (export "alive") (result i32) (i32.const 42))
  (func (export "wait") (result i32)
    (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1)))
  (func (export "memory_bomb")
    (loop $again
      (if (i32.eq (memory.grow (i32.const 1)) (i32.const -1)) (then unreachable))
      (br $again))))

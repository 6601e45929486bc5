;; Never comes back.
(module
  (import "env" "wait" (func $wait))
  (memory (export "memory") 1)
  (func (export "spin") (loop $again (br $again)))
  (func (export "spin_conditionally") (param i32) (loop $again (br_if $again (local.get 0))))
  (func (export "spin_in_memory")
    (loop $again
      (memory.fill (i32.const 0) (i32.const 1) (i32.const 65536))
      (br $again)))
  (func (export "wait_in_host") (call $wait)))

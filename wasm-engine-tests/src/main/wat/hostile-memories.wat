;; Asks for much, in small pieces.
(module
  (memory (export "memory") 40)
  (memory $second 40)
  (func (export "alive") (result i32) (i32.const 42)))

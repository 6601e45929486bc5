;; Asks for four gigabytes to begin with.
(module (memory (export "memory") 65536) (func (export "alive") (result i32) (i32.const 42)))

;; Asks for a table of ten million elements to begin with.
(module (table 10000000 funcref) (func (export "alive") (result i32) (i32.const 42)))

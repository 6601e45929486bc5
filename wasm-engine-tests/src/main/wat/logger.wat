;; Imports two functions that applications offer.
(module
  (import "env" "log" (func $log (param i32)))
  (import "env" "now" (func $now (result i64)))
  (func (export "run") (result i64) (call $log (i32.const 7)) (call $now)))

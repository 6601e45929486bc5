;; Spends its time in one function, and waits in the host where it is told to.
(module
  (import "env" "wait" (func $wait))

  (func $rounds (export "hot") (param $count i32) (result i32)
    (local $sum i32)
    (loop $next
      (local.set $sum
        (i32.add
          (i32.mul (local.get $sum) (i32.const 31))
          (i32.xor (local.get $count) (local.get $sum))))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br_if $next (local.get $count)))
    (local.get $sum))

  (func $cold (export "cold") (param $count i32) (result i32)
    (i32.popcnt (local.get $count)))

  (func (export "work") (param $count i32) (result i32)
    (i32.add
      (call $cold (local.get $count))
      (call $rounds (local.get $count))))

  (func (export "ask")
    (call $wait)))

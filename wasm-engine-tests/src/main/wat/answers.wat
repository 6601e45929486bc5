;; Answers that are small to write and large to read.
(module
  (memory (export "memory") 1)
  (func (export "wasm_alloc") (param i32) (result i32) (i32.const 16))
  (func (export "wasm_free") (param i32 i32))
  (func $room (param $bytes i32)
    (local $missing i32)
    (local.set $missing
      (i32.sub
        (i32.add (i32.shr_u (local.get $bytes) (i32.const 16)) (i32.const 1))
        (memory.size)))
    (if (i32.gt_s (local.get $missing) (i32.const 0))
      (then (drop (memory.grow (local.get $missing))))))
  (func $fill (param $from i32) (param $byte i32) (param $count i32)
    (memory.fill (local.get $from) (local.get $byte) (local.get $count)))
  ;; [{},{},…]
  (func (export "maps") (param $n i32) (result i64)
    (local $p i32)
    (call $room (i32.mul (local.get $n) (i32.const 3)))
    (i32.store8 (i32.const 0) (i32.const 91))
    (local.set $p (i32.const 1))
    (loop $next
      (i32.store8 (local.get $p) (i32.const 123))
      (i32.store8 offset=1 (local.get $p) (i32.const 125))
      (i32.store8 offset=2 (local.get $p) (i32.const 44))
      (local.set $p (i32.add (local.get $p) (i32.const 3)))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (i32.store8 (i32.sub (local.get $p) (i32.const 1)) (i32.const 93))
    (i64.extend_i32_u (local.get $p)))
  ;; [[[…]]]
  (func (export "nested") (param $depth i32) (result i64)
    (call $room (i32.shl (local.get $depth) (i32.const 1)))
    (call $fill (i32.const 0) (i32.const 91) (local.get $depth))
    (call $fill (local.get $depth) (i32.const 93) (local.get $depth))
    (i64.extend_i32_u (i32.shl (local.get $depth) (i32.const 1))))
  (data $head "{\"message\":\"")
  (data $tail "\",\"code\":\"too\\nlong\"}")
  ;; {"message":"aaa…","code":"too\nlong"}
  (func (export "error") (param $n i32) (result i64)
    (call $room (i32.add (local.get $n) (i32.const 40)))
    (memory.init $head (i32.const 0) (i32.const 0) (i32.const 12))
    (call $fill (i32.const 12) (i32.const 97) (local.get $n))
    (memory.init $tail
      (i32.add (i32.const 12) (local.get $n)) (i32.const 0) (i32.const 21))
    (i64.or
      (i64.const 0x8000000000000000)
      (i64.extend_i32_u (i32.add (local.get $n) (i32.const 33)))))
  (data $deep_head "{\"code\":\"x\",\"message\":\"y\",\"more\":")
  ;; {"code":"x","message":"y","more":[[[…]]]}
  (func (export "deep_error") (param $depth i32) (result i64)
    (call $room (i32.add (i32.shl (local.get $depth) (i32.const 1)) (i32.const 40)))
    (memory.init $deep_head (i32.const 0) (i32.const 0) (i32.const 33))
    (call $fill (i32.const 33) (i32.const 91) (local.get $depth))
    (call $fill (i32.add (i32.const 33) (local.get $depth)) (i32.const 93) (local.get $depth))
    (i32.store8
      (i32.add (i32.const 33) (i32.shl (local.get $depth) (i32.const 1)))
      (i32.const 125))
    (i64.or
      (i64.const 0x8000000000000000)
      (i64.extend_i32_u
        (i32.add (i32.const 34) (i32.shl (local.get $depth) (i32.const 1)))))))

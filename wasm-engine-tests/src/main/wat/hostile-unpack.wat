;; Unpacks itself when it is made: each round doubles what is there, without end.
(module
  (memory (export "memory") 1)
  (data (i32.const 0) "seed")
  (func $unpack
    (local $size i32)
    (local.set $size (i32.const 4))
    (loop $again
      (if (i32.gt_u
            (i32.shl (local.get $size) (i32.const 1))
            (i32.mul (memory.size) (i32.const 65536)))
        (then
          (if (i32.eq (memory.grow (memory.size)) (i32.const -1)) (then unreachable))))
      (memory.copy (local.get $size) (i32.const 0) (local.get $size))
      (local.set $size (i32.shl (local.get $size) (i32.const 1)))
      (br $again)))
  (start $unpack)
  (func (export "alive") (result i32) (i32.const 42)))

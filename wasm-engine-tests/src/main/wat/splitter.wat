;; Publishes each word of a text to words.en, and whatever it is told to wherever it is told to.
(module
  (import "wasmspring" "publish" (func $publish (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 2)
  (data (i32.const 16) "words.en")
  (global $heap (mut i32) (i32.const 4096))
  (func (export "wasm_alloc") (param $len i32) (result i32)
    (local $address i32)
    (local.set $address (global.get $heap))
    (global.set $heap (i32.add (local.get $address) (local.get $len)))
    (local.get $address))
  (func (export "wasm_free") (param i32 i32) (global.set $heap (i32.const 4096)))
  ;; The number of words that were accepted; the words are parted by single spaces.
  (func (export "split") (param $address i32) (param $len i32) (result i32)
    (local $start i32) (local $at i32) (local $end i32) (local $accepted i32)
    (local.set $at (local.get $address))
    (local.set $start (local.get $address))
    (local.set $end (i32.add (local.get $address) (local.get $len)))
    (loop $next
      (if (i32.or
            (i32.eq (local.get $at) (local.get $end))
            (i32.eq (i32.load8_u (local.get $at)) (i32.const 32)))
        (then
          (if (i32.eqz
                (call $publish
                  (i32.const 16) (i32.const 8)
                  (local.get $start) (i32.sub (local.get $at) (local.get $start))))
            (then (local.set $accepted (i32.add (local.get $accepted) (i32.const 1)))))
          (local.set $start (i32.add (local.get $at) (i32.const 1)))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $next (i32.le_u (local.get $at) (local.get $end))))
    (local.get $accepted))
  (func (export "publish") (param i32 i32 i32 i32) (result i32)
    (call $publish (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  ;; Publishes a message again, under its own topic.
  (func (export "echo") (param i32 i32 i32 i32)
    (drop (call $publish (local.get 0) (local.get 1) (local.get 2) (local.get 3))))
  ;; Publishes for ever.
  (func (export "flood") (param i32 i32 i32 i32)
    (loop $again
      (drop (call $publish (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
      (br $again))))

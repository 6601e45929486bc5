;; What calls.wat does, for Extism: input and output are in the memory of its host, eight bytes a call away, and are copied
;; as Extism's development kits do it.
(module
  (import "extism:host/env" "input_length" (func $input_length (result i64)))
  (import "extism:host/env" "input_load_u8" (func $input_load_u8 (param i64) (result i32)))
  (import "extism:host/env" "input_load_u64" (func $input_load_u64 (param i64) (result i64)))
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (import "extism:host/env" "store_u8" (func $store_u8 (param i64 i32)))
  (import "extism:host/env" "store_u64" (func $store_u64 (param i64 i64)))
  (import "extism:host/env" "output_set" (func $output_set (param i64 i64)))
  (memory (export "memory") 33)

  ;; All of the input to address 0.
  (func $take (result i32)
    (local $at i32) (local $len i32)
    (local.set $len (i32.wrap_i64 (call $input_length)))
    (block $words_done
      (loop $words
        (br_if $words_done (i32.gt_u (i32.add (local.get $at) (i32.const 8)) (local.get $len)))
        (i64.store (local.get $at) (call $input_load_u64 (i64.extend_i32_u (local.get $at))))
        (local.set $at (i32.add (local.get $at) (i32.const 8)))
        (br $words)))
    (block $bytes_done
      (loop $bytes
        (br_if $bytes_done (i32.ge_u (local.get $at) (local.get $len)))
        (i32.store8 (local.get $at) (call $input_load_u8 (i64.extend_i32_u (local.get $at))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $bytes)))
    (local.get $len))

  ;; That many bytes from address 0 to the output.
  (func $give (param $len i32)
    (local $at i32) (local $out i64)
    (local.set $out (call $alloc (i64.extend_i32_u (local.get $len))))
    (block $words_done
      (loop $words
        (br_if $words_done (i32.gt_u (i32.add (local.get $at) (i32.const 8)) (local.get $len)))
        (call $store_u64
          (i64.add (local.get $out) (i64.extend_i32_u (local.get $at)))
          (i64.load (local.get $at)))
        (local.set $at (i32.add (local.get $at) (i32.const 8)))
        (br $words)))
    (block $bytes_done
      (loop $bytes
        (br_if $bytes_done (i32.ge_u (local.get $at) (local.get $len)))
        (call $store_u8
          (i64.add (local.get $out) (i64.extend_i32_u (local.get $at)))
          (i32.load8_u (local.get $at)))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $bytes)))
    (call $output_set (local.get $out) (i64.extend_i32_u (local.get $len))))

  ;; Two numbers of 32 bits in, their sum out.
  (func (export "add") (result i32)
    (drop (call $take))
    (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.load (i32.const 4))))
    (call $give (i32.const 4))
    (i32.const 0))

  (func (export "echo") (result i32)
    (call $give (call $take))
    (i32.const 0)))

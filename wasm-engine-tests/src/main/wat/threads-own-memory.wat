;; Starts threads by the convention of wasi-threads. What a thread does is its argument:
;; 0 counts itself, 1 traps, 2 spins, 3 grows the memory as far as it goes, 4 waits for ever,
;; 5 recurses, 6 calls the host, 7 starts a thread that counts, 8 grows its table, 9 exits.
(module
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (import "host" "work" (func $work (param i32) (result i32)))
  (import "host" "exit" (func $exit))
  
  (memory (export "memory") 2 8 shared)
  (table $table 10 funcref)
  ;; 1024: how many threads have counted themselves, 1028: the memory's pages as a thread saw them,
  ;; 1032: how often the module was started, 1036: what the host answered, 1040: the thread's number
  (data (i32.const 1044) "first")
  (global $mine (mut i32) (i32.const 7))
  (func $begin (drop (i32.atomic.rmw.add (i32.const 1032) (i32.const 1))))
  (start $begin)

  (func $count
    (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 1024) (i32.const -1))))
  (func $recurse (param i32) (result i32)
    (i32.add (call $recurse (i32.add (local.get 0) (i32.const 1))) (i32.const 1)))
  (func $spin (loop $again (br $again)))
  (func $wait_for_ever
    (drop (memory.atomic.wait32 (i32.const 2048) (i32.const 0) (i64.const -1))))

  (func (export "wasi_thread_start") (param $id i32) (param $what i32)
    (i32.atomic.store (i32.const 1040) (local.get $id))
    (if (i32.ne (global.get $mine) (i32.const 7)) (then unreachable))
    (global.set $mine (local.get $id))
    (block $nine (block $eight (block $seven (block $six (block $five (block $four (block $three
      (block $two (block $one (block $zero
        (br_table $zero $one $two $three $four $five $six $seven $eight $nine (local.get $what)))
      (call $count) (return))
      unreachable)
      (call $spin) (return))
      (loop $more (br_if $more (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
      (i32.store (i32.const 1028) (memory.size))
      (i32.store (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 4)) (i32.const 77))
      (call $count) (return))
      (call $wait_for_ever) (return))
      (drop (call $recurse (i32.const 0))) (return))
      (i32.atomic.store (i32.const 1036) (call $work (local.get $id)))
      (call $count) (return))
      (drop (call $spawn (i32.const 0)))
      (call $count) (return))
      (drop (table.grow $table (ref.null func) (i32.const 50)))
      (call $count) (return))
    (call $exit))

  (func (export "spawn") (param i32) (result i32) (call $spawn (local.get 0)))
  (func $await (export "await") (param $count i32)
    (local $now i32)
    (loop $again
      (local.set $now (i32.atomic.load (i32.const 1024)))
      (if (i32.lt_u (local.get $now) (local.get $count))
        (then
          (drop (memory.atomic.wait32 (i32.const 1024) (local.get $now) (i64.const -1)))
          (br $again)))))
  ;; Starts one thread and waits for it in one of several ways.
  (func (export "spawn_and_await") (param i32) (result i32)
    (local $before i32)
    (local.set $before (i32.atomic.load (i32.const 1024)))
    (if (i32.lt_s (call $spawn (local.get 0)) (i32.const 0)) (then (return (i32.const -1))))
    (call $await (i32.add (local.get $before) (i32.const 1)))
    (i32.atomic.load (i32.const 1024)))
  (func (export "spawn_and_spin") (param i32)
    (drop (call $spawn (local.get 0))) (call $spin))
  (func (export "spawn_and_trap") (param i32)
    (drop (call $spawn (local.get 0))) unreachable)
  (func (export "spawn_and_exit") (param i32)
    (drop (call $spawn (local.get 0))) (call $exit))
  (func (export "spawn_and_work") (param i32) (result i32)
    (drop (call $spawn (local.get 0))) (call $work (i32.const 0)))
  ;; Asks for as many threads as it can get; answers how many it got.
  (func (export "spawn_bomb") (param $what i32) (param $tries i32) (result i32)
    (local $got i32)
    (loop $again
      (if (i32.gt_s (call $spawn (local.get $what)) (i32.const 0))
        (then (local.set $got (i32.add (local.get $got) (i32.const 1)))))
      (br_if $again
        (local.tee $tries (i32.sub (local.get $tries) (i32.const 1)))))
    (local.get $got))
  (func (export "deadlock") (call $wait_for_ever))
  (func (export "notify_nobody") (result i32)
    (memory.atomic.notify (i32.const 2048) (i32.const 5)))
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "store") (param i32 i32) (i32.store (local.get 0) (local.get 1)))
  (func (export "pages") (result i32) (memory.size))
  (func (export "mine") (result i32) (global.get $mine)))

;; A WASI command. What it does is told by the first letter of its last argument:
;;   c  copies standard input to standard output (also without an argument of that kind)
;;   a  writes its arguments to standard output, each closed by a zero byte
;;   v  writes its variables likewise
;;   e  complains and ends with exit code 3
;;   0  writes "done" and ends with exit code 0
;;   t  complains and traps
;;   f  writes without end
;;   s  spins without end
;;   z  sleeps for an hour
(module
  (import "wasi_snapshot_preview1" "args_get" (func $args_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_sizes_get" (func $args_sizes_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_get" (func $environ_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_sizes_get" (func $environ_sizes_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll_oneoff (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 2)
  (data (i32.const 256) "something is wrong\n")
  (data (i32.const 288) "done")
  (global $runs (mut i32) (i32.const 0))
  ;; 0: address of a buffer, 4: its length, 8: how much was moved
  (func $write (param $fd i32) (param $address i32) (param $length i32)
    (i32.store (i32.const 0) (local.get $address))
    (i32.store (i32.const 4) (local.get $length))
    (drop (call $fd_write (local.get $fd) (i32.const 0) (i32.const 1) (i32.const 8))))
  (func $copy
    (loop $more
      (i32.store (i32.const 0) (i32.const 65536))
      (i32.store (i32.const 4) (i32.const 65536))
      (if (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)) (then unreachable))
      (if (i32.load (i32.const 8))
        (then
          (call $write (i32.const 1) (i32.const 65536) (i32.load (i32.const 8)))
          (br $more)))))
  (func $complain (call $write (i32.const 2) (i32.const 256) (i32.const 19)))
  (func $mode (result i32)
    (drop (call $args_sizes_get (i32.const 16) (i32.const 20)))
    (drop (call $args_get (i32.const 1024) (i32.const 8192)))
    (i32.load8_u
      (i32.load
        (i32.add
          (i32.const 1020)
          (i32.mul (i32.load (i32.const 16)) (i32.const 4))))))
  (func (export "_start") (local $mode i32)
    ;; A program runs once: a second time would see what the first has left.
    (if (global.get $runs) (then unreachable))
    (global.set $runs (i32.const 1))
    (local.set $mode (call $mode))
    (if (i32.eq (local.get $mode) (i32.const 97)) ;; a
      (then (call $write (i32.const 1) (i32.const 8192) (i32.load (i32.const 20))) (return)))
    (if (i32.eq (local.get $mode) (i32.const 118)) ;; v
      (then
        (drop (call $environ_sizes_get (i32.const 16) (i32.const 20)))
        (drop (call $environ_get (i32.const 1024) (i32.const 8192)))
        (call $write (i32.const 1) (i32.const 8192) (i32.load (i32.const 20)))
        (return)))
    (if (i32.eq (local.get $mode) (i32.const 101)) ;; e
      (then (call $complain) (call $proc_exit (i32.const 3))))
    (if (i32.eq (local.get $mode) (i32.const 48)) ;; 0
      (then
        (call $write (i32.const 1) (i32.const 288) (i32.const 4))
        (call $proc_exit (i32.const 0))
        unreachable))
    (if (i32.eq (local.get $mode) (i32.const 116)) ;; t
      (then (call $complain) unreachable))
    (if (i32.eq (local.get $mode) (i32.const 102)) ;; f
      (then (loop $more (call $write (i32.const 1) (i32.const 0) (i32.const 65536)) (br $more))))
    (if (i32.eq (local.get $mode) (i32.const 115)) ;; s
      (then (loop $more (br $more))))
    (if (i32.eq (local.get $mode) (i32.const 122)) ;; z
      (then
        (i32.store (i32.const 528) (i32.const 1))
        (i64.store (i32.const 536) (i64.const 3600000000000))
        (drop (call $poll_oneoff (i32.const 512) (i32.const 600) (i32.const 1) (i32.const 8)))
        (return)))
    (call $copy)))

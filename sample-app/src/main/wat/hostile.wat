;; What one does not want to run, in five ways.
(module
  (memory (export "memory") 1)

  ;; Never comes back.
  (func (export "loop_forever")
    (loop $again (br $again)))

  ;; Takes memory page by page and writes to it until there is no more, and gives up then.
  (func (export "take_memory") (local $page i32)
    (loop $more
      (local.set $page (memory.grow (i32.const 1)))
      (if (i32.eq (local.get $page) (i32.const -1)) (then unreachable))
      (memory.fill
        (i32.mul (local.get $page) (i32.const 65536))
        (i32.const 7)
        (i32.const 65536))
      (br $more)))

  ;; Calls itself for ever.
  (func $recurse (export "recurse") (param $depth i32) (result i32)
    (i32.add
      (call $recurse (i32.add (local.get $depth) (i32.const 1)))
      (i32.const 1)))

  ;; Reads far beyond its own memory.
  (func (export "look_around") (result i32)
    (i32.load (i32.const 0x7ffffff0)))

  ;; Breaks down.
  (func (export "trap") unreachable))

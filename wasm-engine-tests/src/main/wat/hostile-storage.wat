;; Takes all that it can get; traps when there is no more.
(module
  (memory (export "memory") 1)
  (table $functions 2 funcref)
  (table $others 0 externref)
  (func (export "alive") (result i32) (i32.const 42))
  (func (export "pages") (result i32) (memory.size))
  (func (export "elements") (result i32) (table.size $functions))
  (func $more (param $pages i32)
    (if (i32.eq (memory.grow (local.get $pages)) (i32.const -1)) (then unreachable)))
  (func (export "memory_bomb") (param $pages i32)
    (loop $again (call $more (local.get $pages)) (br $again)))
  ;; As above, but every page is used.
  (func (export "filled_memory_bomb")
    (loop $again
      (call $more (i32.const 1))
      (memory.fill
        (i32.mul (i32.sub (memory.size) (i32.const 1)) (i32.const 65536))
        (i32.const 255)
        (i32.const 65536))
      (br $again)))
  (func (export "table_bomb") (param $elements i32)
    (loop $again
      (if (i32.eq
            (table.grow $functions (ref.null func) (local.get $elements))
            (i32.const -1))
        (then unreachable))
      (br $again)))
  (func (export "second_table_bomb") (param $elements i32)
    (loop $again
      (if (i32.eq
            (table.grow $others (ref.null extern) (local.get $elements))
            (i32.const -1))
        (then unreachable))
      (br $again)))
  (func (export "grow_table") (param i32) (result i32)
    (table.grow $functions (ref.null func) (local.get 0)))
  (func (export "grow_memory") (param i32) (result i32) (memory.grow (local.get 0))))

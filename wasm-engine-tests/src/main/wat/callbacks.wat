;; Has a table of callbacks, as C++ and AssemblyScript do: a function pointer is an index, 0 is null.
(module
  (type $callback (func (param i32) (result i32)))
  ;; Calls the callback that it is given the index of for 1, 2, … count, and adds up what it says.
  (import "env" "for_each" (func $for_each (param i32 i32) (result i32)))
  (import "env" "doubled" (func $doubled (type $callback)))
  (table $table (export "__indirect_function_table") 10 16 funcref)
  (table (export "handles") 2 externref)
  (global $seen (export "seen") (mut i32) (i32.const 0))
  (elem (table $table) (i32.const 1) func
    $square $spin $trap $divide $half $nothing $doubled $count $visit)

  (func $square (type $callback) (i32.mul (local.get 0) (local.get 0)))
  (func $spin (type $callback) (loop $again (br $again)) unreachable)
  (func $trap (type $callback) unreachable)
  (func $divide (type $callback) (i32.div_s (i32.const 100) (local.get 0)))
  (func $half (param f64) (result f64 i64)
    (f64.mul (local.get 0) (f64.const 0.5)) (i64.const -2))
  (func $nothing)
  (func $count (type $callback)
    (global.set $seen (i32.add (global.get $seen) (local.get 0)))
    (global.get $seen))
  ;; From a callback into the host and back into a callback.
  (func $visit (type $callback) (call $for_each (local.get 0) (i32.const 1)))

  (func (export "sum") (param $count i32) (param $callback i32) (result i32)
    (call $for_each (local.get $count) (local.get $callback)))
  ;; Puts a callback into another element.
  (func (export "put") (param $index i32) (param $callback i32)
    (table.set $table (local.get $index) (table.get $table (local.get $callback))))
  (func (export "more") (param i32) (result i32)
    (table.grow $table (ref.null func) (local.get 0))))

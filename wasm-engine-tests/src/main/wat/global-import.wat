(module (import "env" "base" (global i32)) (func (export "get") (result i32) (global.get 0)))

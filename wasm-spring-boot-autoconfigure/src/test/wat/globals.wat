;; Imports numbers that somebody has to give.
(module
  (import "env" "width" (global $width i32))
  (import "env" "max_size" (global $max_size i64))
  (import "app" "volume" (global $volume (mut f32)))
  (func (export "width") (result i32) (global.get $width))
  (func (export "max_size") (result i64) (global.get $max_size))
  (func (export "louder") (result f32)
    (global.set $volume (f32.mul (global.get $volume) (f32.const 2)))
    (global.get $volume)))

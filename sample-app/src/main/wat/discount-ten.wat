;; A plug-in that takes ten percent off.
(module
  (func (export "discount") (param $price f64) (result f64)
    (f64.mul (local.get $price) (f64.const 0.9))))

;; A plug-in that links, and breaks down when it is called.
(module
  (func (export "discount") (param $price f64) (result f64)
    unreachable))

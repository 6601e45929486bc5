#define NUMBER double
#include "product.inc"

void product_work_f64(struct product *product, double *panel) { work(product, panel); }

#define NUMBER float
#include "product.inc"

uint32_t product_pieces(const struct product *product) { return pieces(product); }

void product_work_f32(struct product *product, float *panel) { work(product, panel); }

export const total=(orders:Order[])=>{let sum=0;for(const order of orders){if(order.open)sum+=order.price*order.count}return sum}

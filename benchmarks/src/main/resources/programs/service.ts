import {Order,type Line} from './orders.js'
/** What the shop NNN knows of its orders. */
export class ShopNNN<T extends Order>implements Iterable<T>{
private readonly byId=new Map<string,T>();#changes=0
constructor(private readonly name:string,readonly limits:{most:number,least?:number}={most:100}){if(limits.most<0)throw new RangeError(`${name}: ${limits.most} is less than nothing`)}
add(order:T):this{this.byId.set(order.id,order);this.#changes++;return this}
get size(){return this.byId.size}
total(open=true){let sum=0;for(const order of this.byId.values()){if(order.open===open){sum+=order.lines.map(line=>line.price*line.count).reduce((a,b)=>a+b,0)}else{continue}}
return sum}
// Those that somebody waits for, the oldest first.
waiting(now:Date=new Date()):Array<{order:T,days:number}>{return [...this.byId.values()].filter(order=>order.open&&order.lines.length>0).map(order=>({order,days:Math.floor((now.getTime()-order.date.getTime())/86_400_000)})).sort((a,b)=>b.days-a.days)}
async load(source:(id:string)=>Promise<T|undefined>,...ids:string[]){for(const id of ids){try{const order=await source(id);if(order!==undefined)this.add(order)}catch(error){switch((error as Error).name){case'NotFound':break;case'Gone':this.byId.delete(id);break;default:throw error}}}}
*[Symbol.iterator](){yield* this.byId.values()}
static compare<T extends Order>(a:ShopNNN<T>,b:ShopNNN<T>):number{return a.size<b.size?-1:a.size>b.size?1:a.name.localeCompare(b.name)}}
export function priceNNN(line:Line,{discount=0,currency='EUR'}:{discount?:number,currency?:string}={}):string{const price=line.price*line.count*(1-discount);return price>=1_000?`${(price/1_000).toFixed(1)} k${currency}`:`${price.toFixed(2)} ${currency}`}
